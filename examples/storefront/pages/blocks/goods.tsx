import type { ComponentConfig } from '@puckeditor/core'
import { articles } from '../../shop/articles.ts'
import { ArticlePicture } from '../article-picture.tsx'
import { useBasket } from '../basket.tsx'
import { euros } from '../money.ts'

export interface GoodsProps {
  heading: string
  count: number
}

/** The shop's articles, to be put into the basket. */
export const goods: ComponentConfig<GoodsProps> = {
  label: 'Articles',
  fields: {
    heading: { type: 'text', label: 'Heading' },
    count: { type: 'number', label: 'How many', min: 1, max: articles.length },
  },
  defaultProps: { heading: 'Fresh off the boat', count: articles.length },
  render: (props) => <Goods {...props} />,
}

function Goods({ heading, count }: GoodsProps) {
  const { add } = useBasket()
  return (
    <section className="goods" id="goods">
      <h2>{heading}</h2>
      <ul>
        {articles.slice(0, count).map(({ id, name, note, price }) => (
          <li key={id} className="card good">
            <ArticlePicture article={id} size={148} />
            <h3>{name}</h3>
            <p className="muted">{note}</p>
            <div className="good-foot">
              <span className="amount">{euros(price)}</span>
              <button type="button" className="button button-quiet" onClick={() => add(id)}>
                Add<span className="hidden"> {name} to the basket</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
