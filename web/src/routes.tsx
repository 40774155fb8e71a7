// Every place and its address. Pages behind the gate are loaded when they are first wanted, which hovering over a link
// already is.

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";

import { isProblem } from "./api/problem";
import { auditQuery, botQuery, botsQuery, invitesQuery, membersQuery, meQuery, sessionsQuery, stateQuery } from "./api/queries";
import { logSearch } from "./channels/search";
import { chatSearch } from "./chat/search";
import { conversationSearch } from "./conversations/search";
import { isDay } from "./dashboard/scale";
import { safeNext } from "./gate/enter";
import { Demo } from "./gate/Demo";
import { Forgot, Reset } from "./gate/Password";
import { Setup } from "./gate/Setup";
import { SignIn } from "./gate/SignIn";
import { type Area, need } from "./i18n/areas";
import { Broken, Missing } from "./shell/Broken";
import { getLook, setLook } from "./shell/look";
import { Shell } from "./shell/Shell";
import { homeOf, remember } from "./shell/workspace";

interface Context {
  client: QueryClient;
}

/** A page and the words it speaks, loaded together when the page is first wanted. */
function screen<M extends Record<string, unknown>, K extends keyof M & string>(areas: readonly Area[], module: () => Promise<M>, name: K) {
  return lazyRouteComponent(() => Promise.all([module(), need(getLook().language, areas)]).then(([loaded]) => loaded), name);
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: Missing, errorComponent: Broken });

/** Who is signed in; somebody else is sent to the page they need first. */
async function whoever(client: QueryClient, next: string) {
  const state = await client.ensureQueryData(stateQuery);
  // The demo's account is signed in before anyone owns the server.
  if (state.setup && !(state.demo && state.signedIn)) throw redirect({ to: state.demo ? "/demo" : "/setup", replace: true });
  try {
    const me = await client.ensureQueryData(meQuery);
    setLook({ theme: me.theme, language: me.language });
    return me;
  } catch (error) {
    if (!isProblem(error, "not-signed-in")) throw error;
    throw redirect({ to: "/signin", search: next === "/" ? {} : { next }, replace: true });
  }
}

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async ({ context }) => {
    const me = await whoever(context.client, "/");
    const ws = homeOf(me);
    if (!ws) throw redirect({ to: "/nowhere", replace: true });
    throw redirect({ to: "/w/$ws/bots", params: { ws }, replace: true });
  },
});

const nowhere = createRoute({
  getParentRoute: () => root,
  path: "/nowhere",
  beforeLoad: async ({ context }) => {
    const me = await whoever(context.client, "/");
    if (homeOf(me)) throw redirect({ to: "/", replace: true });
  },
  component: screen([], () => import("./shell/Nowhere"), "Nowhere"),
});

/** The pages before one is in. */
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (!state.setup) throw redirect({ to: "/", replace: true });
  },
  component: Setup,
});
const demo = createRoute({
  getParentRoute: () => root,
  path: "/demo",
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (!state.demo || state.signedIn) throw redirect({ to: "/", replace: true });
  },
  component: Demo,
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: (search): { next?: string; note?: "reset" | "ended" } => ({
    ...(safeNext(search["next"]) && { next: safeNext(search["next"]) as string }),
    ...((search["note"] === "reset" || search["note"] === "ended") && { note: search["note"] }),
  }),
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (state.setup) throw redirect({ to: state.demo ? "/demo" : "/setup", replace: true });
  },
  component: SignIn,
});
const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  validateSearch: (search): { email?: string } => (typeof search["email"] === "string" ? { email: search["email"] } : {}),
  beforeLoad: async ({ context }) => {
    await context.client.ensureQueryData(stateQuery);
  },
  component: Forgot,
});
const reset = createRoute({ getParentRoute: () => root, path: "/reset/$token", component: Reset });
const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: screen([], () => import("./gate/Accept"), "Accept"),
});

/** Everything in a workspace. */
const workspace = createRoute({
  getParentRoute: () => root,
  path: "/w/$ws",
  beforeLoad: async ({ context, params, location }) => {
    const me = await whoever(context.client, location.href);
    if (!me.workspaces.some((one) => one.id === params.ws)) throw redirect({ to: "/", replace: true });
    remember(params.ws);
  },
  component: Shell,
});
const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/w/$ws/bots", params, replace: true });
  },
});

const bots = createRoute({
  getParentRoute: () => workspace,
  path: "bots",
  validateSearch: (search): { q?: string } => (typeof search["q"] === "string" && search["q"] ? { q: search["q"] } : {}),
  loader: ({ context, params }) => void context.client.prefetchQuery(botsQuery(params.ws)),
  component: screen([], () => import("./bots/List"), "List"),
});
const newBot = createRoute({
  getParentRoute: () => workspace,
  path: "bots/new",
  component: screen([], () => import("./bots/New"), "New"),
});
const newBridge = createRoute({
  getParentRoute: () => workspace,
  path: "bots/new/bridge",
  component: screen(["bridge"], () => import("./bridge/New"), "NewBridge"),
});
const deletedBots = createRoute({
  getParentRoute: () => workspace,
  path: "bots/deleted",
  component: screen([], () => import("./bots/Deleted"), "Deleted"),
});
const bot = createRoute({
  getParentRoute: () => workspace,
  path: "bots/$bot",
  loader: ({ context, params }) => void context.client.prefetchQuery(botQuery(params.ws, params.bot)),
  component: screen(["versions"], () => import("./bots/Bot"), "BotFrame"),
});
const overview = createRoute({
  getParentRoute: () => bot,
  path: "/",
  component: screen(["versions"], () => import("./bots/Overview"), "Overview"),
});
const botSettings = createRoute({
  getParentRoute: () => bot,
  path: "settings",
  component: screen(["versions"], () => import("./bots/Settings"), "Settings"),
});

const bridge = createRoute({
  getParentRoute: () => bot,
  path: "bridge",
  component: screen(["bridge", "versions"], () => import("./bridge/Bridge"), "BridgePage"),
});
const dashboard = createRoute({
  getParentRoute: () => bot,
  path: "dashboard",
  validateSearch: (search): { from?: string; to?: string } => ({
    ...(isDay(search["from"]) && isDay(search["to"]) && { from: search["from"], to: search["to"] }),
  }),
  component: screen(["channels", "dashboard", "versions"], () => import("./dashboard/Dashboard"), "DashboardPage"),
});
const conversations = createRoute({
  getParentRoute: () => bot,
  path: "conversations",
  validateSearch: conversationSearch,
  component: screen(["bridge", "channels", "chat", "conversations", "dashboard", "editor", "versions", "webchat"], () => import("./conversations/Conversations"), "ConversationsPage"),
});
const kakao = createRoute({
  getParentRoute: () => bot,
  path: "channels",
  component: screen(["channels", "versions", "webchat"], () => import("./channels/Kakao"), "KakaoFrame"),
});
const kakaoGuide = createRoute({
  getParentRoute: () => kakao,
  path: "/",
  component: screen(["channels", "versions", "webchat"], () => import("./channels/Kakao"), "GuidePage"),
});
const kakaoLog = createRoute({
  getParentRoute: () => kakao,
  path: "log",
  validateSearch: logSearch,
  component: screen(["channels", "versions", "webchat"], () => import("./channels/Log"), "LogPage"),
});
const kakaoSettings = createRoute({
  getParentRoute: () => kakao,
  path: "settings",
  component: screen(["channels", "versions", "webchat"], () => import("./channels/Settings"), "ChannelSettings"),
});
const webChat = createRoute({
  getParentRoute: () => bot,
  path: "channels/web",
  component: screen(["versions", "webchat"], () => import("./channels/web/Web"), "WebPage"),
});
const consultTalk = createRoute({
  getParentRoute: () => bot,
  path: "channels/consulttalk",
  component: screen(["consult", "versions", "webchat"], () => import("./channels/consult/Consult"), "ConsultPage"),
});
const versions = createRoute({
  getParentRoute: () => bot,
  path: "versions",
  // Two states beside each other, and which flow and node of them one looks at.
  validateSearch: (search): { from?: number; to?: number | "draft"; flow?: number; node?: number } => {
    const whole = (key: string) => (Number.isSafeInteger(Number(search[key] ?? "x")) ? { [key]: Number(search[key]) } : {});
    return { ...whole("from"), ...(search["to"] === "draft" ? { to: "draft" } : whole("to")), ...whole("flow"), ...whole("node") };
  },
  component: screen(["compare", "editor", "versions"], () => import("./versions/Page"), "VersionsPage"),
});
const pathTests = createRoute({
  getParentRoute: () => bot,
  path: "tests",
  validateSearch: (search): { record?: true } => (search["record"] ? { record: true } : {}),
  component: screen(["compare", "editor", "pathtests", "preview", "versions"], () => import("./pathtests/Page"), "TestsPage"),
});

/** The flow editor: its address names flow and node. */
const editor = createRoute({
  getParentRoute: () => workspace,
  path: "bots/$bot/edit",
  validateSearch: (search): { node?: number; branch?: string } => ({
    ...(Number.isSafeInteger(Number(search["node"] ?? "x")) && { node: Number(search["node"]) }),
    // A sentence that nothing answered; a number is one too.
    ...(["string", "number"].includes(typeof search["branch"]) && { branch: String(search["branch"]).slice(0, 1_000) }),
  }),
  component: screen(["compare", "editor", "forms", "pathtests", "preview", "versions"], () => import("./editor/Editor"), "Editor"),
});
const editorFlow = createRoute({ getParentRoute: () => editor, path: "$flow" });

const alerts = createRoute({
  getParentRoute: () => bot,
  path: "alerts",
  component: screen(["versions"], () => import("./alerts/Alerts"), "AlertsPage"),
});

const chat = createRoute({
  getParentRoute: () => workspace,
  path: "chat",
  validateSearch: chatSearch,
  component: screen(["chat"], () => import("./chat/Chat"), "ChatPage"),
});

const chatStats = createRoute({
  getParentRoute: () => workspace,
  path: "chat/stats",
  component: screen(["chat"], () => import("./chat/Stats"), "ChatStatsPage"),
});

const allAlerts = createRoute({
  getParentRoute: () => workspace,
  path: "alerts",
  component: screen([], () => import("./alerts/List"), "AllAlerts"),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: "settings",
  component: screen(["chat"], () => import("./settings/Frame"), "Frame"),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/w/$ws/settings/profile", params, replace: true });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: "profile",
  component: screen(["versions"], () => import("./settings/Profile"), "Profile"),
});
const security = createRoute({
  getParentRoute: () => settings,
  path: "security",
  loader: ({ context }) => void context.client.prefetchQuery(sessionsQuery),
  component: screen([], () => import("./settings/Security"), "Security"),
});
const general = createRoute({
  getParentRoute: () => settings,
  path: "workspace",
  component: screen(["versions"], () => import("./settings/General"), "General"),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: "members",
  validateSearch: (search): { invite?: true } => (search["invite"] ? { invite: true } : {}),
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(membersQuery(params.ws));
    void context.client.prefetchQuery(invitesQuery(params.ws));
  },
  component: screen([], () => import("./settings/Members"), "Members"),
});
const records = createRoute({
  getParentRoute: () => settings,
  path: "records",
  component: screen(["versions"], () => import("./settings/Records"), "Records"),
});
const chatSettings = createRoute({
  getParentRoute: () => settings,
  path: "chat",
  component: screen(["chat", "versions"], () => import("./chat/settings/Settings"), "ChatSettingsPage"),
});
const answers = createRoute({
  getParentRoute: () => settings,
  path: "answers",
  component: screen(["chat"], () => import("./answers/Answers"), "AnswersPage"),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: "audit",
  loader: ({ context, params }) => void context.client.prefetchInfiniteQuery(auditQuery(params.ws)),
  component: screen([], () => import("./settings/Audit"), "Audit"),
});

/** Every primitive in every state; in development builds only. */
const gallery = createRoute({
  getParentRoute: () => root,
  path: "/dev/ui",
  component: screen([], () => import("./dev/Gallery"), "Gallery"),
});

const tree = root.addChildren([
  home,
  nowhere,
  setup,
  demo,
  signIn,
  forgot,
  reset,
  invite,
  ...(import.meta.env.DEV ? [gallery] : []),
  workspace.addChildren([
    workspaceHome,
    bots,
    newBot,
    newBridge,
    deletedBots,
    allAlerts,
    chat,
    chatStats,
    bot.addChildren([overview, bridge, dashboard, conversations, alerts, kakao.addChildren([kakaoGuide, kakaoLog, kakaoSettings]), webChat, consultTalk, pathTests, versions, botSettings]),
    editor.addChildren([editorFlow]),
    settings.addChildren([settingsHome, profile, security, general, members, chatSettings, answers, records, audit]),
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 400,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
