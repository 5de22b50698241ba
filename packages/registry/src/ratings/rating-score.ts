import type { RatingSummary } from '@plexica/api'

const allStars = [1, 2, 3, 4, 5] as const
type Stars = (typeof allStars)[number]

/** How many ratings show with each number of stars. */
export type StarCounts = Readonly<Record<Stars, number>>

/** What a plugin is taken for before anybody has rated it, and for how many ratings that stands. */
const prior = { ratings: 10, stars: 3.5 } as const

/**
 * The score by which plugins are compared, from 1 to 5: the mean of the plugin's own ratings and ten more of 3.5 stars
 * (a Bayesian average). One rating of 5 makes 3.64, a hundred make 4.86: a few friends do not make a favourite.
 * The search order computes the same in SQL over `plugins.average_rating` and `rating_count`; a test holds the two equal.
 */
export function smoothedScore(average: number, count: number): number {
  return (average * count + prior.stars * prior.ratings) / (count + prior.ratings)
}

/** How many there are, of these stars or in all. */
export function countIn(counts: StarCounts, stars?: number): number {
  return allStars.reduce((sum, each) => sum + (stars === undefined || stars === each ? counts[each] : 0), 0)
}

/** What ratings come to; without any the plain average is 0 and the smoothed score 3.5. */
export function ratingSummary(distribution: StarCounts): RatingSummary {
  const count = countIn(distribution)
  const total = allStars.reduce((sum, stars) => sum + stars * distribution[stars], 0)
  const average = count === 0 ? 0 : total / count
  return { count, average, smoothed: smoothedScore(average, count), distribution: { ...distribution } }
}
