export const later = 'a chunk that came later'
