import type { Category } from '@plexica/manifest-schema'

export const categories: Readonly<Record<Category, string>> = {
  analytics: 'Analytics',
  automation: 'Automation',
  commerce: 'Commerce',
  communication: 'Communication',
  content: 'Content',
  design: 'Design',
  'developer-tools': 'Developer tools',
  finance: 'Finance',
  integration: 'Integration',
  marketing: 'Marketing',
  payment: 'Payment',
  productivity: 'Productivity',
  security: 'Security',
  shipping: 'Shipping',
  support: 'Support',
}
