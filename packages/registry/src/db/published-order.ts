/** A rating counts for more the more there are of it: the mean of ten ratings of 3.5 and the plugin's own. */
export const smoothedRating = '((average_rating * rating_count + 35.0) / (rating_count + 10.0))'

/** The indexes of what is published as the first migrations made them: name → columns. */
export const publishedIndexes: Readonly<Record<string, string>> = {
  by_group: 'category, price_type, average_rating, published_at',
  by_installs: 'install_count desc, number, category, price_type, average_rating, published_at',
  by_downloads: 'download_count desc, number, category, price_type, average_rating, published_at',
  by_age: 'published_at desc, number, category, price_type, average_rating',
  by_rating: `${smoothedRating} desc, number, category, price_type, average_rating, published_at`,
}

/**
 * An index on `plugins` for each way to sort what is published: name → columns. What is filtered by stands behind what
 * is sorted by, so that a page and its counts come from an index alone. Whether everybody sees a plugin is such a filter;
 * who else does is asked by its number.
 */
export const visibleIndexes: Readonly<Record<string, string>> = {
  by_group: 'category, price_type, average_rating, published_at, visibility, number',
  by_installs: 'install_count desc, number, category, price_type, average_rating, published_at, visibility',
  by_downloads: 'download_count desc, number, category, price_type, average_rating, published_at, visibility',
  by_age: 'published_at desc, number, category, price_type, average_rating, visibility',
  by_rating: `${smoothedRating} desc, number, category, price_type, average_rating, published_at, visibility`,
}

/** Counts go through every plugin: for those who see public ones alone there is an index of these alone. */
export const publicGroups = 'category, price_type, average_rating, published_at, visibility'
