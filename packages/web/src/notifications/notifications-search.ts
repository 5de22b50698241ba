/** Which notifications are shown; it stands in the address. */
export interface NotificationsSearch {
  unread?: true
  skip?: number
}

export function parseNotificationsSearch({ unread, skip }: Record<string, unknown>): NotificationsSearch {
  return {
    ...(unread === true ? { unread } : {}),
    ...(typeof skip === 'number' && Number.isSafeInteger(skip) && skip > 0 && skip <= 1_000_000 ? { skip } : {}),
  }
}
