import type { ComponentConfig } from '@puckeditor/core'

export interface HeroProps {
  eyebrow: string
  title: string
  text: string
  action: string
}

/** The first thing on a page: a sentence and the way to the goods. */
export const hero: ComponentConfig<HeroProps> = {
  label: 'Opening',
  fields: {
    eyebrow: { type: 'text', label: 'Small line above' },
    title: { type: 'text', label: 'Title' },
    text: { type: 'textarea', label: 'Text' },
    action: { type: 'text', label: 'Words on the button' },
  },
  defaultProps: {
    eyebrow: 'New in the harbor',
    title: 'Things that stay',
    text: 'Wool, oak and stoneware from people we know by name.',
    action: 'See what is new',
  },
  render: ({ eyebrow, title, text, action }) => (
    <section className="hero">
      <div className="hero-words">
        <p className="eyebrow">{eyebrow}</p>
        <h1>{title}</h1>
        <p className="hero-text">{text}</p>
        {action && (
          <a className="button" href="#goods">
            {action}
          </a>
        )}
      </div>
      <Harbor />
    </section>
  ),
}

function Harbor() {
  return (
    <svg className="harbor" viewBox="0 0 480 320" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <rect className="harbor-sky" width="480" height="320" />
      <circle className="harbor-sun" cx="352" cy="104" r="44" />
      <path className="harbor-hill" d="M0 214 96 128l62 58 54-40 92 76 68-48 108 60v86H0z" />
      <path className="harbor-tree" d="m74 96-30 46h14l-24 38h80l-24-38h14zm74 44-20 32h9l-16 26h54l-16-26h9z" />
      <path className="harbor-sea" d="M0 226h480v94H0z" />
      <path className="harbor-boat" d="M262 232h86l-18 26h-52zm40-8V152l38 66h-38zm-8-46v46h-26z" />
      <path
        className="harbor-wave"
        d="M0 272c20 0 20 10 40 10s20-10 40-10 20 10 40 10 20-10 40-10 20 10 40 10 20-10 40-10 20 10 40 10 20-10 40-10 20 10 40 10 20-10 40-10 20 10 40 10 20-10 40-10"
      />
    </svg>
  )
}
