// The console's live chat, kept up to date: the connection feeds the state (`model/state.ts`), what is missing is read, what was
// written is sent, and whoever draws a part is told when that part is otherwise. It outlives the screen: an agent who looks at
// another place of the console stays online and is told of requests.

import { Problem, Unreachable } from "../api/problem";
import { newClientId, readKept, writeKept } from "./kept";
import * as calls from "./api";
import { isPicture } from "./files";
import { Link, type LinkStand } from "./link";
import { emptyList, type List, nameOf, queryOf, readsLongest, type Wanted } from "./model/lists";
import { change, drop, keep, nextOf, type Pending, put, recall } from "./model/outbox";
import { apply, type Effects, emptyState, forgetTyping, type Mark, type News, noEffects, setChat, type State, takeChats, takeLines, takeMessages, takePiece } from "./model/state";
import { EMPTY, gapAfter, type Thread } from "./model/threads";
import type { Agent, Chat, Frame } from "./model/types";
import type { OwnSettings } from "./own";

export type Counts = Awaited<ReturnType<typeof calls.readCounts>>;
type Listener = () => void;

/** What is told together: drawing more often than the eye sees is waste. */
const TELL_MS = 12;
const COUNT_MS = 400;
const EARLY_MS = 1_500;
const RETRY_MS = 2_500;
const TYPING_EVERY_MS = 2_000;
/** Threads that are kept after their window was closed. */
const KEPT_THREADS = 24;

export class ChatStore {
  readonly state: State;
  counts: Counts = [];
  agents: readonly Agent[] = [];
  /** Notes that mention the person here and that they have not seen. */
  unseenMentions = 0;
  stand: LinkStand = "connecting";
  /** Has the connection ever been there? Before, nothing is said of its absence. */
  wasOpen = false;
  private readonly hidden = new Set<string>();
  private hearer: (news: News) => void = () => undefined;
  private readonly link: Link;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly versions = new Map<string, number>();
  private readonly waiting = new Set<string>();
  private teller: ReturnType<typeof setTimeout> | undefined;
  private counter: ReturnType<typeof setTimeout> | undefined;
  /** How often it was counted: of two answers the later question's holds. */
  private asked = 0;
  private readonly sending = new Set<string>();
  private readonly typedAt = new Map<string, number>();
  private readonly opened: string[] = [];
  private readonly filling = new Set<string>();
  private readonly seenUpTo = new Map<string, number>();
  /** Lists are read once events come, so that none lies between; or, where no connection comes about, soon all the same. */
  private readonly ready: Promise<void>;
  private isReady: () => void = () => undefined;
  private readEarly = false;

  constructor(
    readonly ws: string,
    readonly me: string,
  ) {
    this.state = emptyState(me, recall(readKept(this.outboxKey())));
    this.link = new Link(`/api/workspaces/${ws}/live`, {
      after: () => this.state.seq,
      frame: (frame) => this.take(frame),
      stand: (stand) => this.stands(stand),
    });
    this.ready = new Promise((done) => {
      this.isReady = done;
      setTimeout(() => {
        this.readEarly = !this.wasOpen;
        done();
      }, EARLY_MS);
    });
    setInterval(() => {
      const effects = noEffects();
      forgetTyping(this.state, Date.now(), effects);
      this.tell(effects);
    }, 1_000);
  }

  start(): void {
    this.link.start();
    this.wantList({ view: "mine", order: "recent" });
  }

  stop(): void {
    this.link.stop();
  }

  /** Calls when this part is otherwise: `chat:ID`, `list:NAME`, `thread:ID`, `typing:ID`, `agents`, `counts`, `link`. */
  listen(topic: string, listener: Listener): () => void {
    const all = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, all.add(listener));
    return () => all.delete(listener);
  }

  /** Calls with what a person may want to be told, also when they look at another place of the console. */
  onNews(hear: (news: News) => void): void {
    this.hearer = hear;
  }

  /** Was it taken from the person here, and has not come back? */
  isHidden(chat: string): boolean {
    return this.hidden.has(chat) && !this.state.chats.has(chat);
  }

  /** How often this part has changed. */
  version(topic: string): number {
    return this.versions.get(topic) ?? 0;
  }

  // Reading.

  /** Makes a list and reads its first piece. */
  wantList(wanted: Wanted): void {
    const name = nameOf(wanted);
    if (this.state.lists.has(name)) return;
    this.state.lists.set(name, emptyList(wanted));
    void this.readMore(name);
  }

  list(wanted: Wanted): List | undefined {
    return this.state.lists.get(nameOf(wanted));
  }

  /** Reads the next piece of a list, if there is one and none is under way. */
  async readMore(name: string): Promise<void> {
    const list = this.state.lists.get(name);
    if (!list || list.loading || list.next === null) return;
    list.loading = true;
    delete list.failed;
    await this.ready;
    const mark = this.mark();
    try {
      const effects = noEffects();
      // Whoever waits longest may stand in the last piece: they are read by themselves first.
      if (list.next === undefined && readsLongest(list.wanted)) {
        takeChats(this.state, (await calls.readChats(this.ws, { ...queryOf(list.wanted), longest: true })).items, mark, effects);
      }
      const { items, next } = await calls.readChats(this.ws, { ...queryOf(list.wanted), ...(list.next && { cursor: list.next }) });
      takePiece(this.state, name, items, next, mark, effects);
      list.loading = false;
      this.tell(effects);
      // Of all together the server does not say who waits longest.
      if (list.wanted.order === "waiting" && !readsLongest(list.wanted) && next !== null && list.rows.length < 2_000) void this.readMore(name);
    } catch (error) {
      list.loading = false;
      list.failed = error;
      this.touch(`list:${name}`);
    } finally {
      this.state.marks.delete(mark);
    }
  }

  /** A conversation that may stand in no list yet. */
  async readChat(chat: string): Promise<void> {
    const mark = this.mark();
    try {
      const read = await calls.readChat(this.ws, chat);
      const effects = noEffects();
      takeChats(this.state, [read], mark, effects);
      this.tell(effects);
    } finally {
      this.state.marks.delete(mark);
    }
  }

  /** Begins a thread, and keeps it up to date from then on. */
  openThread(chat: string): void {
    const at = this.opened.indexOf(chat);
    if (at >= 0) this.opened.splice(at, 1);
    this.opened.push(chat);
    for (const old of this.opened.splice(0, Math.max(0, this.opened.length - KEPT_THREADS))) this.state.threads.delete(old);
    const thread = this.state.threads.get(chat);
    if (thread && thread.stand !== "failed") return;
    void this.readThread(chat);
  }

  private async readThread(chat: string): Promise<void> {
    this.setThread(chat, { ...(this.state.threads.get(chat) ?? EMPTY), stand: "loading" });
    await this.ready;
    try {
      const [{ messages, lines, more }] = await Promise.all([calls.readMessages(this.ws, chat, {}), this.state.chats.has(chat) ? undefined : this.readChat(chat)]);
      const thread = this.state.threads.get(chat);
      if (!thread) return;
      const effects = noEffects();
      this.state.threads.set(chat, { ...thread, stand: "ready", more, version: thread.version + 1 });
      effects.threads.add(chat);
      takeMessages(this.state, chat, messages, effects);
      takeLines(this.state, chat, lines, effects);
      this.tell(effects);
    } catch (error) {
      this.setThread(chat, { ...(this.state.threads.get(chat) ?? EMPTY), stand: "failed", error });
    }
  }

  async readOlder(chat: string): Promise<void> {
    const thread = this.state.threads.get(chat);
    const first = thread?.messages[0]?.seq;
    if (!thread || thread.loadingOlder || !thread.more || first === undefined) return;
    this.setThread(chat, { ...thread, loadingOlder: true });
    try {
      const { messages, lines, more } = await calls.readMessages(this.ws, chat, { before: first });
      const now = this.state.threads.get(chat);
      if (!now) return;
      this.state.threads.set(chat, { ...now, loadingOlder: false, more, version: now.version + 1 });
      const effects = noEffects();
      takeMessages(this.state, chat, messages, effects);
      takeLines(this.state, chat, lines, effects);
      effects.threads.add(chat);
      this.tell(effects);
    } catch {
      const now = this.state.threads.get(chat);
      if (now) this.setThread(chat, { ...now, loadingOlder: false });
    }
  }

  /** Reads what lies in a gap: after a number, until nothing is missing. */
  private async fill(chat: string, after: number): Promise<void> {
    if (this.filling.has(chat)) return;
    this.filling.add(chat);
    try {
      const { messages, lines } = await calls.readMessages(this.ws, chat, { after });
      const effects = noEffects();
      takeMessages(this.state, chat, messages, effects);
      takeLines(this.state, chat, lines, effects);
      this.filling.delete(chat);
      this.tell(effects);
    } catch {
      setTimeout(() => {
        this.filling.delete(chat);
        const thread = this.state.threads.get(chat);
        const gap = thread && gapAfter(thread);
        if (gap !== undefined) void this.fill(chat, gap);
      }, RETRY_MS);
    }
  }

  // Writing.

  /** Shows it at once, and sends it after what was written before. */
  say(chat: string, message: Record<string, unknown>, file?: File): void {
    const pending: Pending = { clientId: newClientId(), chat, at: Date.now(), data: message, stand: "sending", ...(file && { file }) };
    this.setOutbox(put(this.state.outbox, pending), chat);
    void this.pump(chat);
  }

  retry(chat: string, clientId: string): void {
    this.setOutbox(change(this.state.outbox, clientId, { stand: "sending" }), chat);
    void this.pump(chat);
  }

  discard(chat: string, clientId: string): void {
    this.setOutbox(drop(this.state.outbox, clientId), chat);
  }

  private async pump(chat: string): Promise<void> {
    if (this.sending.has(chat)) return;
    this.sending.add(chat);
    try {
      for (let next = nextOf(this.state.outbox, chat); next; next = nextOf(this.state.outbox, chat)) {
        if (!(await this.sendOne(next))) break;
      }
    } finally {
      this.sending.delete(chat);
    }
  }

  /** May the next one go? */
  private async sendOne(pending: Pending): Promise<boolean> {
    const { chat, clientId } = pending;
    try {
      let message = pending.data;
      if (pending.file) {
        message = { type: "media", media: await this.upload(chat, pending.file) };
        this.setOutbox(change(this.state.outbox, clientId, { data: message }), chat);
      }
      const mark = this.mark();
      const sent = await calls.sendMessage(this.ws, chat, clientId, message).finally(() => this.state.marks.delete(mark));
      const effects = noEffects();
      takeChats(this.state, [sent.chat], mark, effects);
      const isThere = this.state.threads.get(chat)?.messages.some((one) => one.seq === sent.seq);
      this.setOutbox(isThere ? drop(this.state.outbox, clientId) : change(this.state.outbox, clientId, { seq: sent.seq }), chat);
      this.tell(effects);
      return true;
    } catch (error) {
      const away = error instanceof Unreachable || (error instanceof Problem && error.status >= 502);
      if (away) {
        // It waits for the server and goes under the same id.
        setTimeout(() => void this.pump(chat), RETRY_MS);
        return false;
      }
      const why = error instanceof Problem ? [error.title, error.detail].filter(Boolean).join(" ") : "";
      this.setOutbox(change(this.state.outbox, clientId, { stand: "failed", why }), chat);
      return true;
    }
  }

  private async upload(chat: string, file: File): Promise<{ contentType: string; uri: string; altText?: string }> {
    if (isPicture(file)) return { contentType: "image", uri: (await calls.uploadPicture(this.ws, chat, file)).url };
    const { url, name } = await calls.uploadFile(this.ws, chat, file);
    return { contentType: "link", uri: url, altText: name };
  }

  /** The agent types: said at most every two seconds. */
  types(chat: string): void {
    const now = Date.now();
    if (now - (this.typedAt.get(chat) ?? 0) < TYPING_EVERY_MS) return;
    this.typedAt.set(chat, now);
    if (!this.link.send({ type: "typing", chat })) void calls.typing(this.ws, chat).catch(() => undefined);
  }

  /** The person here has seen what is there. Only whoever is in it counts: others just look. */
  sees(chat: string): void {
    const known = this.state.chats.get(chat);
    if (!known || known.unread === 0 || (known.owner !== this.me && !known.present.includes(this.me))) return;
    if ((this.seenUpTo.get(chat) ?? -1) >= known.lastSeq) return;
    this.seenUpTo.set(chat, known.lastSeq);
    void calls.seen(this.ws, chat, known.lastSeq).catch(() => this.seenUpTo.delete(chat));
  }

  /** A conversation is so from now on, whoever says it. */
  taken(chat: Chat): void {
    const effects = noEffects();
    setChat(this.state, chat, effects);
    this.tell(effects);
    this.countSoon(0);
  }

  /** Does something with a conversation. Of what events have told meanwhile the events know better than its answer. */
  async does(run: () => Promise<Chat>): Promise<void> {
    const mark = this.mark();
    const answered = await run().finally(() => this.state.marks.delete(mark));
    const effects = noEffects();
    takeChats(this.state, [answered], mark, effects);
    this.tell(effects);
    this.countSoon(0);
  }

  /** Shown at once; the events say it again. */
  guess(chat: string, part: Partial<Chat>): Chat | undefined {
    const known = this.state.chats.get(chat);
    if (known) this.taken({ ...known, ...part });
    return known;
  }

  note(chat: string, line: Parameters<typeof takeLines>[2][number]): void {
    const effects = noEffects();
    takeLines(this.state, chat, [line], effects);
    this.tell(effects);
  }

  setAway(away: boolean): void {
    this.agents = this.agents.map((agent) => (agent.id === this.me ? { ...agent, away } : agent));
    this.touch("agents");
  }

  /** What waits for the person here: requests that are nobody's, and what they have not seen of their own. */
  waits(): { queued: number; unread: number } {
    const queued = this.counts.reduce((sum, one) => sum + one.queued, 0);
    const own = this.list({ view: "mine", order: "recent" })?.rows ?? [];
    return { queued, unread: own.reduce((sum, row) => sum + (this.state.chats.get(row.id)?.unread ?? 0), 0) };
  }

  /** What the person's console remembers; kept on the server by whoever changes it. */
  setOwnSettings(settings: OwnSettings): void {
    this.agents = this.agents.map((agent) => (agent.id === this.me ? { ...agent, settings: settings as never } : agent));
    this.touch("agents");
  }

  countSoon(within = COUNT_MS): void {
    if (this.counter !== undefined && within > 0) return;
    clearTimeout(this.counter);
    this.counter = setTimeout(() => void this.count(), within);
  }

  private async count(): Promise<void> {
    // What happens from now on may not be in the answer: it asks for the next one.
    this.counter = undefined;
    const nth = ++this.asked;
    try {
      const [counts, agents, mentions] = await Promise.all([calls.readCounts(this.ws), calls.readAgents(this.ws), calls.readUnseenMentions(this.ws)]);
      if (nth !== this.asked) return;
      this.counts = counts;
      this.agents = agents;
      this.setMentions(mentions);
      this.touch("counts");
      this.touch("agents");
    } catch {
      // Asked again with the next change or connection.
    }
  }

  /** How many mentions are new; whoever shows them reads them anew. */
  setMentions(unseen: number): void {
    this.unseenMentions = unseen;
    this.touch("mentions");
  }

  // The connection.

  private take(frame: Frame): void {
    const effects = apply(this.state, frame, Date.now());
    if (effects.stale) this.readAnew();
    if (effects.agents) {
      const seen = new Map(this.state.agents.map((agent) => [agent.id, agent]));
      this.agents = this.agents.map((agent) => ({ ...agent, ...seen.get(agent.id) }));
      // Somebody who has never been an agent before.
      if (this.state.agents.some((agent) => !this.agents.some((known) => known.id === agent.id))) this.countSoon();
    }
    for (const chat of effects.gone) this.hidden.add(chat);
    if (effects.gone.size > 0) this.touch("gone");
    this.tell(effects);
    for (const news of effects.news) {
      if (news.kind === "mention") this.setMentions(this.unseenMentions + 1);
      this.hearer(news);
    }
  }

  private stands(stand: LinkStand): void {
    this.stand = stand;
    this.touch("link");
    if (stand !== "open") return;
    // What could not be read while the server was away.
    for (const [name, list] of this.state.lists) if (list.failed !== undefined) void this.readMore(name);
    for (const [chat, thread] of this.state.threads) if (thread.stand === "failed") void this.readThread(chat);
    for (const chat of new Set(this.state.outbox.map((one) => one.chat))) void this.pump(chat);
    // What was read before the connection was there may be older than its first event.
    if (!this.wasOpen && this.readEarly) this.readAnew();
    this.wasOpen = true;
    this.isReady();
    this.countSoon(0);
  }

  private readAnew(): void {
    const open = new Set(this.state.threads.keys());
    for (const id of this.state.chats.keys()) if (!open.has(id)) this.state.chats.delete(id);
    for (const [name, list] of this.state.lists) {
      list.next = undefined;
      list.until = Number.POSITIVE_INFINITY;
      list.rows = list.rows.filter((row) => open.has(row.id));
      void this.readMore(name);
    }
    for (const [chat, thread] of this.state.threads) {
      void this.readChat(chat).catch(() => undefined);
      const last = thread.messages.at(-1)?.seq;
      if (last === undefined) void this.readThread(chat);
      else void this.catchUp(chat, last);
    }
  }

  /** Everything after a number, piece by piece. */
  private async catchUp(chat: string, after: number): Promise<void> {
    for (let from = after, more = true; more; ) {
      const piece = await calls.readMessages(this.ws, chat, { after: from }).catch(() => undefined);
      if (!piece) return;
      const effects = noEffects();
      takeMessages(this.state, chat, piece.messages, effects);
      takeLines(this.state, chat, piece.lines, effects);
      this.tell(effects);
      from = piece.messages.at(-1)?.seq ?? from;
      more = piece.more && piece.messages.length > 0;
    }
  }

  // Telling.

  private mark(): Mark {
    const mark: Mark = new Set();
    this.state.marks.add(mark);
    return mark;
  }

  private setThread(chat: string, thread: Thread): void {
    this.state.threads.set(chat, { ...thread, version: thread.version + 1 });
    this.touch(`thread:${chat}`);
  }

  private setOutbox(outbox: State["outbox"], chat: string): void {
    this.state.outbox = outbox;
    writeKept(this.outboxKey(), keep(outbox));
    this.touch(`thread:${chat}`);
    this.flush();
  }

  private outboxKey(): string {
    return `outbox.${this.ws}.${this.me}`;
  }

  private tell(effects: Effects): void {
    for (const id of effects.chats) this.touch(`chat:${id}`);
    for (const name of effects.lists) this.touch(`list:${name}`);
    for (const id of effects.typing) this.touch(`typing:${id}`);
    for (const id of effects.threads) {
      this.touch(`thread:${id}`);
      const thread = this.state.threads.get(id);
      const gap = thread && gapAfter(thread);
      if (gap !== undefined) void this.fill(id, gap);
    }
    if (effects.agents) this.touch("agents");
    if (effects.outbox) writeKept(this.outboxKey(), keep(this.state.outbox));
    if (effects.counts) this.countSoon();
  }

  private touch(topic: string): void {
    this.versions.set(topic, this.version(topic) + 1);
    this.waiting.add(topic);
    this.teller ??= setTimeout(() => this.flush(), TELL_MS);
  }

  private flush(): void {
    clearTimeout(this.teller);
    this.teller = undefined;
    const topics = [...this.waiting];
    this.waiting.clear();
    for (const topic of topics) for (const listener of this.listeners.get(topic) ?? []) listener();
  }
}
