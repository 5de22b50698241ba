import type { Texts } from '../texts.ts'

export const design: Texts['design'] = {
  close: 'Chiudi',
  cancel: 'Annulla',
  loading: 'Caricamento …',
  failed: 'Non è stato possibile caricare questa parte',
  retry: 'Riprova',
  requestId: (id) => `Richiesta ${id}`,
  previous: 'Indietro',
  next: 'Avanti',
  pages: 'Pagine dell’elenco',
  shown: (from, to, total) => `${from}–${to} di ${total}`,
  stars: (rating) => `${rating} stelle su 5`,
  unrated: 'Ancora senza valutazioni',
  more: 'Altro',
  copy: 'Copia',
  copied: 'Copiato',
  dismiss: 'Chiudi il messaggio',
  notices: 'Messaggi',
}
