import type { Texts } from '../texts.ts'

export const telemetry: Texts['telemetry'] = {
  title: 'Nelle pagine',
  ofAll: 'Riferito dalle pagine di tutti i tenant insieme, al massimo per 90 giorni.',
  ofTenant: 'Riferito dalle tue pagine negli ultimi 30 giorni.',
  nothing: 'In questo periodo nessuna pagina ha riferito niente.',
  times: 'Tempi',
  version: 'Versione',
  variant: 'Configurazione',
  variants: { a: 'A', b: 'B' },
  loads: 'Caricamenti',
  loadHalf: 'Metà si carica entro',
  loadMost: 'Il 95% si carica entro',
  renders: 'Visualizzazioni',
  renderHalf: 'Metà appare entro',
  renderMost: 'Il 95% appare entro',
  failures: 'Errori',
  explained:
    'Il caricamento va dalla richiesta del bundle alla sua esecuzione; la visualizzazione finché il componente è nella pagina.',
  errors: 'Errori, i più frequenti per primi',
  code: 'Errore',
  component: 'Componente',
  count: 'Volte',
  message: 'Ultimo messaggio',
  none: '–',
}
