import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { DatabaseLocation } from '../config.ts'
import type { Listening } from '../db/announcement.ts'
import { engineOf } from '../db/engine-of.ts'
import { listen } from '../db/listen.ts'
import type { Db } from '../db/tables.ts'
import type { ReadyAnswers } from '../http/ready-answers.ts'
import { type Announcement, announcementsOf, readAnnouncement } from './announcements.ts'
import { lastEventNumber } from './event-store.ts'

/** All in milliseconds. Announcements wake at once; the poll is for what is written without any, and while none come. */
const pollEvery = 2_000
const firstPause = 250
const longestPause = 5_000

/**
 * Wakes those who follow the events, in every process, and carries to other processes what ready answers to drop. It
 * says that there may be something new, never what: the truth is the table.
 */
export class EventBus {
  readonly #db: Db
  readonly #location: DatabaseLocation
  readonly #ready: ReadyAnswers
  readonly #log: Logger
  readonly #id = randomUUID()
  readonly #listeners = new Set<() => void>()
  #listening: Listening | undefined
  #poll: NodeJS.Timeout | undefined
  #seen = 0
  #dropped = new Set<string>()
  #sending: Promise<void> | undefined
  #pause = firstPause
  #isOver = false

  constructor(parts: { db: Db; location: DatabaseLocation; ready: ReadyAnswers; log: Logger }) {
    this.#db = parts.db
    this.#location = parts.location
    this.#ready = parts.ready
    this.#log = parts.log
    this.#ready.pause()
    this.#ready.announceTo((tag) => this.#drop(tag))
  }

  /** No more will come: whoever follows ends. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Begins to hear of other processes. Without it, what happens here is still told to them. */
  start(): void {
    this.#listening = listen(this.#db, this.#location, {
      heard: (text) => this.#heard(readAnnouncement(text)),
      up: () => {
        this.#ready.resume()
        this.wake()
      },
      down: () => {
        this.#ready.pause()
        if (!this.#isOver) this.#log.warn('the connection that hears of other processes is lost; making a new one')
      },
    })
    this.#poll = setInterval(() => void this.#look(), pollEvery).unref()
  }

  /** Calls back, soon and perhaps more than once, after something may have happened. Gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  wake(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  /** Lets everybody who follows end. */
  end(): void {
    this.#isOver = true
    this.wake()
  }

  /** Ends, after telling the others what they have not been told. */
  async stop(): Promise<void> {
    this.end()
    clearInterval(this.#poll)
    await this.#listening?.stop()
    await this.#sending
    if (this.#dropped.size > 0) await this.#send()
  }

  #heard(announcement: Announcement): void {
    if (announcement.from !== this.#id) {
      if (announcement.drop === 'everything') this.#ready.clear()
      else for (const tag of announcement.drop) this.#ready.forget(tag)
    }
    if (announcement.hasEvent) this.wake()
  }

  async #look(): Promise<void> {
    try {
      const last = await lastEventNumber(this.#db)
      if (last <= this.#seen) return
      this.#seen = last
      this.wake()
    } catch (error) {
      this.#log.debug({ err: error }, 'looking for events failed')
    }
  }

  #drop(tag: string): void {
    this.#dropped.add(tag)
    this.#sending ??= this.#sendSoon()
  }

  async #sendSoon(): Promise<void> {
    // What is dropped in one go is told in one go.
    await new Promise((resolve) => setImmediate(resolve))
    await this.#send()
    this.#sending = undefined
    if (this.#dropped.size === 0) return
    if (this.#isOver) return
    setTimeout(() => {
      if (!this.#isOver) this.#sending ??= this.#sendSoon()
    }, this.#pause).unref()
    this.#pause = Math.min(this.#pause * 2, longestPause)
  }

  /** What cannot be told is kept, and told later. */
  async #send(): Promise<void> {
    const tags = this.#dropped
    this.#dropped = new Set()
    try {
      for (const text of announcementsOf(this.#id, [...tags])) await engineOf(this.#db).announce(this.#db, text)
      this.#pause = firstPause
    } catch (error) {
      this.#dropped = new Set([...tags, ...this.#dropped])
      this.#log.warn({ err: error }, 'other processes could not be told what changed')
    }
  }
}
