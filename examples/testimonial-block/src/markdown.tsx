import { Lexer, type MarkedToken, type Token } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { linkAddress } from './quote.ts'

/**
 * Shows Markdown as React elements. Only what is listed here comes out: HTML in the text stays text, pictures become
 * their description, and a link goes to a page or a mailbox or is no link. Nothing is ever set as `innerHTML`.
 */
export function Markdown({ text }: { text: string }) {
  return <>{nodes(new Lexer({ gfm: true, breaks: true }).lex(text))}</>
}

function nodes(tokens: readonly Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{node(token as MarkedToken)}</Fragment>)
}

function node(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p>{nodes(token.tokens)}</p>
    case 'heading':
      return (
        <p>
          <strong>{nodes(token.tokens)}</strong>
        </p>
      )
    case 'blockquote':
      return <blockquote>{nodes(token.tokens)}</blockquote>
    case 'list': {
      const items = nodes(token.items)
      return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
    }
    case 'list_item':
      return <li>{nodes(token.tokens)}</li>
    case 'text':
      return token.tokens ? nodes(token.tokens) : token.text
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{nodes(token.tokens)}</strong>
    case 'em':
      return <em>{nodes(token.tokens)}</em>
    case 'del':
      return <del>{nodes(token.tokens)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'link': {
      const address = linkAddress(token.href)
      return address ? (
        <a href={address} rel="nofollow noopener">
          {nodes(token.tokens)}
        </a>
      ) : (
        nodes(token.tokens)
      )
    }
    case 'image':
      return token.text
    case 'space':
    case 'hr':
    case 'def':
      return null
    default:
      // HTML, tables, code blocks: shown as they were written.
      return token.raw
  }
}
