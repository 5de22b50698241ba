import type { Notification } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { Button } from '../design/button.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './notifications.module.css'

/** What happened, the way to it, and why where somebody has said so. Going there reads it. */
export function NotificationItem({ notification, onRead }: { notification: Notification; onRead: () => void }) {
  const texts = useTexts().notifications
  const { kind, pluginId, version, at, read, data } = notification
  const what = texts.kinds[kind](pluginId, version ?? '')
  const reason = typeof data.reason === 'string' ? data.reason : undefined
  return (
    <article className={styles.item} data-unread={!read}>
      <div className={styles.words}>
        <p>
          {!read && <span className="visually-hidden">{texts.unread}: </span>}
          <Link
            to={placeOf(notification)}
            params={{ pluginId }}
            className={styles.what}
            onClick={read ? undefined : onRead}
          >
            {what}
          </Link>
        </p>
        {reason && (
          <p className={styles.reason} dir="auto">
            {reason}
          </p>
        )}
        <p className={styles.when}>
          <TimeAgo at={at} />
        </p>
      </div>
      {!read && (
        <Button kind="quiet" small aria-label={`${texts.read}: ${what}`} onClick={onRead}>
          {texts.read}
        </Button>
      )}
    </article>
  )
}

/** The page on which something can be done about it. */
function placeOf({ for: whom, kind }: Notification) {
  if (whom === 'tenant') return '/my-plugins/$pluginId'
  return kind === 'rating-created' || kind === 'rating-reported' ? '/plugins/$pluginId' : '/publish/$pluginId'
}
