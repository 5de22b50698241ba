import type { Texts } from '../texts.ts'

export const categories: Texts['categories'] = {
  analytics: 'Analisi',
  automation: 'Automazione',
  commerce: 'Commercio',
  communication: 'Comunicazione',
  content: 'Contenuti',
  design: 'Grafica',
  'developer-tools': 'Strumenti per sviluppatori',
  finance: 'Finanza',
  integration: 'Integrazioni',
  marketing: 'Marketing',
  payment: 'Pagamenti',
  productivity: 'Produttività',
  security: 'Sicurezza',
  shipping: 'Spedizioni',
  support: 'Assistenza',
}
