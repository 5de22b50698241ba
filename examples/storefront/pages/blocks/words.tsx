import type { ComponentConfig } from '@puckeditor/core'

export interface WordsProps {
  heading: string
  text: string
}

/** A heading and paragraphs, parted by empty lines. */
export const words: ComponentConfig<WordsProps> = {
  label: 'Words',
  fields: {
    heading: { type: 'text', label: 'Heading' },
    text: { type: 'textarea', label: 'Text' },
  },
  defaultProps: { heading: 'About us', text: 'Write here what people should know.' },
  render: ({ heading, text }) => (
    <section className="words">
      {heading && <h2>{heading}</h2>}
      {text
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim())
        .map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
    </section>
  ),
}
