import type { Texts } from '../texts.ts'

export const notifications: Texts['notifications'] = {
  title: 'Notifiche',
  lead: 'Che cosa è successo ai tuoi plugin.',
  onlyUnread: 'Solo quelle non lette',
  unread: 'Non letta',
  read: 'Segna come letta',
  readAll: 'Segna tutte come lette',
  none: 'Non è ancora successo nulla',
  noneUnread: 'Hai letto tutto',
  noneLead: 'Aggiornamenti, decisioni e avvisi sui tuoi plugin compaiono qui.',
  kinds: {
    submitted: (plugin, version) => `${plugin} ${version} attende una decisione`,
    approved: (plugin, version) => `${plugin} ${version} è stato approvato`,
    rejected: (plugin, version) => `${plugin} ${version} è stato respinto`,
    'rating-created': (plugin) => `${plugin} ha ricevuto una valutazione`,
    'rating-reported': (plugin) => `Una valutazione di ${plugin} è stata segnalata ai moderatori`,
    affected: (plugin, version) => `Un avviso di sicurezza riguarda ciò che ${plugin} ${version} contiene`,
    'update-available': (plugin, version) => `È uscito ${plugin} ${version}`,
    deprecated: (plugin) => `I proprietari di ${plugin} lo sconsigliano`,
    yanked: (plugin, version) => `${plugin} ${version}, che stai usando, è stato ritirato`,
  },
}
