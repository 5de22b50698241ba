export const marketplace = {
  title: 'Marketplace',
  lead: 'Plugins for your platform, each one reviewed.',
  free: 'Free',
  installs: (count: string) => `${count} installs`,
}
