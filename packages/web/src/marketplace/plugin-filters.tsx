import { categories } from '@plexica/manifest-schema'
import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { Choice, ChoiceGroup } from '../design/field.tsx'
import { Stars } from '../design/stars.tsx'
import { useFormat, useLanguage, useTexts } from '../language/language.tsx'
import { priceTypes } from './marketplace-search.ts'
import styles from './plugin-filters.module.css'
import type { Facets } from './search-plugins.ts'
import { useChangeSearch } from './use-change-search.ts'

/** Least ratings to choose from. */
const ratings = [4, 3, 2] as const

/** What the list can be narrowed down by, with how many plugins each choice leaves. */
export function PluginFilters({ facets }: { facets: Facets | undefined }) {
  const { marketplace: texts, categories: names } = useTexts()
  const { language } = useLanguage()
  const search = useSearch({ from: '/' })
  const narrow = useChangeSearch()
  const sorted = categories.toSorted((a, b) => names[a].localeCompare(names[b], language))
  return (
    <div className={styles.filters}>
      <ChoiceGroup legend={texts.category}>
        {sorted.map((category) => (
          <Choice
            key={category}
            checked={search.category?.includes(category) ?? false}
            onChange={({ target: { checked } }) =>
              narrow(({ category: before = [], ...rest }) => ({
                ...rest,
                category: checked ? [...before, category] : before.filter((one) => one !== category),
              }))
            }
            label={<Counted count={countOf(facets?.category, category)}>{names[category]}</Counted>}
          />
        ))}
      </ChoiceGroup>
      <RadioGroup
        legend={texts.minRating}
        value={search.minRating}
        choices={ratings.map((value) => ({
          value,
          label: (
            <span className={styles.rating}>
              <Stars rating={value} /> {texts.andMore}
            </span>
          ),
        }))}
        onChoose={(minRating) => narrow(({ minRating: _, ...rest }) => ({ ...rest, ...(minRating && { minRating }) }))}
      />
      <RadioGroup
        legend={texts.priceType}
        value={search.priceType}
        choices={priceTypes.map((value) => ({
          value,
          label: <Counted count={countOf(facets?.priceType, value)}>{texts.priceTypes[value]}</Counted>,
        }))}
        onChoose={(priceType) => narrow(({ priceType: _, ...rest }) => ({ ...rest, ...(priceType && { priceType }) }))}
      />
      <ChoiceGroup legend={texts.status}>
        <Choice
          checked={search.current ?? false}
          onChange={({ target: { checked } }) =>
            narrow(({ current: _, ...rest }) => ({ ...rest, ...(checked && { current: true }) }))
          }
          label={texts.current}
        />
      </ChoiceGroup>
    </div>
  )
}

/** One of some choices, or any. */
function RadioGroup<Value extends string | number>({
  legend,
  value,
  choices,
  onChoose,
}: {
  legend: string
  value: Value | undefined
  choices: readonly { value: Value; label: ReactNode }[]
  onChoose: (value: Value | undefined) => void
}) {
  const texts = useTexts().marketplace
  const name = useId()
  return (
    <ChoiceGroup legend={legend}>
      <Choice
        type="radio"
        name={name}
        checked={value === undefined}
        onChange={() => onChoose(undefined)}
        label={texts.any}
      />
      {choices.map((choice) => (
        <Choice
          key={choice.value}
          type="radio"
          name={name}
          checked={choice.value === value}
          onChange={() => onChoose(choice.value)}
          label={choice.label}
        />
      ))}
    </ChoiceGroup>
  )
}

function Counted({ count, children }: { count: number | undefined; children: ReactNode }) {
  const { number } = useFormat()
  return (
    <span className={styles.counted}>
      {children}
      {count !== undefined && <span className={styles.count}>{number(count)}</span>}
    </span>
  )
}

/** How many there are with a value; undefined while that is not known. */
function countOf(counts: readonly { value: string; count: number }[] | undefined, value: string): number | undefined {
  return counts && (counts.find((one) => one.value === value)?.count ?? 0)
}
