import type { Texts } from '../texts.ts'

export const marketplace: Texts['marketplace'] = {
  title: 'Marketplace',
  lead: 'Plugin per la tua piattaforma, tutti verificati.',
  free: 'Gratuito',
  installs: (count) => `${count} installazioni`,
}
