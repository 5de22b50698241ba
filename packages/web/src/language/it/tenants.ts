import type { Texts } from '../texts.ts'

export const tenants: Texts['tenants'] = {
  title: 'Tenant',
  lead: 'I clienti della piattaforma. Ciò che ha l’uno è invisibile agli altri.',
  add: 'Aggiungi un tenant',
  addTitle: 'Aggiungi un tenant',
  addLead: 'Le sue persone entrano con chiavi o token per questo tenant.',
  addDo: 'Aggiungi',
  done: (name) => `${name} è stato aggiunto.`,
  id: 'Id',
  idHint: 'Quello con cui lo conosce la tua piattaforma; non cambia.',
  idInvalid: 'Un id ha lettere minuscole, cifre e trattini, e non comincia con un trattino.',
  name: 'Nome',
  nameMissing: 'Dagli un nome.',
  added: 'Aggiunto',
  noneTitle: 'Ancora nessun tenant',
  noneLead: 'Aggiungi il primo; poi le sue persone potranno installare plugin.',
}
