// The calls of the Chat screen.

import { api, call, data, to } from "../api/client";
import type { components } from "../api/schema.gen";
import type { Chat } from "./model/types";

type Schemas = components["schemas"];

const at = (ws: string, chat: string) => to({ ws, chat });

export const readChats = (ws: string, query: { state?: string; mine?: boolean; withoutBot?: boolean; bot?: string; search?: string; longest?: boolean; cursor?: string }) =>
  data(api.GET("/api/workspaces/{ws}/chats", { params: { path: { ws }, query } }));

/** Conversations in which bots answer now, with where they are. */
export const readRunning = (ws: string, query: { bot?: string; cursor?: string }) =>
  data(api.GET("/api/workspaces/{ws}/chats/running", { params: { path: { ws }, query } }));

export const readChat = (ws: string, chat: string) => data(api.GET("/api/workspaces/{ws}/chats/{chat}", { params: { path: { ws, chat } } }));

export const readMessages = (ws: string, chat: string, query: { before?: number; after?: number }) =>
  data(api.GET("/api/workspaces/{ws}/chats/{chat}/messages", { params: { path: { ws, chat }, query } }));

export const readCounts = async (ws: string) => (await data(api.GET("/api/workspaces/{ws}/chats/counts", { params: { path: { ws } } }))).items;

export const readAgents = async (ws: string) => (await data(api.GET("/api/workspaces/{ws}/agents", { params: { path: { ws } } }))).items;

/** A message of the agent. Sent again under the same id it is the same message. */
export const sendMessage = (ws: string, chat: string, clientId: string, message: Record<string, unknown>) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/messages", { params: at(ws, chat), body: { clientId, data: message as Schemas["NewChatMessage"]["data"] } }));

/** Picture bytes; the browser's own type is not trusted by the server, which looks at the bytes. */
export const uploadPicture = (ws: string, chat: string, file: Blob) =>
  data(
    api.POST("/api/workspaces/{ws}/chats/{chat}/media", {
      params: at(ws, chat),
      body: file as unknown as Schemas["PictureBytes"],
      bodySerializer: (body: unknown) => body as BodyInit,
      headers: { "content-type": "application/octet-stream" },
    }),
  );

/** A document; its name says what it is, and the server looks whether it is. */
export const uploadFile = (ws: string, chat: string, file: File) =>
  data(
    api.POST("/api/workspaces/{ws}/chats/{chat}/files", {
      params: { ...at(ws, chat), query: { name: file.name } },
      body: file as unknown as Schemas["PictureBytes"],
      bodySerializer: (body: unknown) => body as BodyInit,
      headers: { "content-type": "application/octet-stream" },
    }),
  );

/** The conversation as a text, as the server writes it. */
export const readExport = async (ws: string, chat: string) => (await call(`/api/workspaces/${ws}/chats/${chat}/export`)).blob();

export const readPanels = async (ws: string, chat: string) => (await data(api.GET("/api/workspaces/{ws}/chats/{chat}/panels", { params: { path: { ws, chat } } }))).items;

export const readMentions = (ws: string, cursor?: string) =>
  data(api.GET("/api/workspaces/{ws}/mentions", { params: { path: { ws }, query: cursor ? { cursor } : {} } }));
export const readUnseenMentions = async (ws: string) => (await data(api.GET("/api/workspaces/{ws}/mentions/unseen", { params: { path: { ws } } }))).unseen;
export const seeMentions = (ws: string, line: string) => data(api.POST("/api/workspaces/{ws}/mentions/seen", { params: to({ ws }), body: { line } }));

export const readSuggestions = (ws: string, asked: { q: string } | { chat: string }) =>
  data(api.GET("/api/workspaces/{ws}/suggestions", { params: { path: { ws }, query: asked } }));
/** One was sent: it is counted. */
export const countAnswer = (ws: string, id: string) => api.POST("/api/workspaces/{ws}/answers/{id}/use", { params: to({ ws, id }) });

export const addNote = (ws: string, chat: string, body: Schemas["Note"]) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/notes", { params: at(ws, chat), body }));

export const take = (ws: string, chat: string) => data(api.POST("/api/workspaces/{ws}/chats/{chat}/take", { params: at(ws, chat) }));
export const join = (ws: string, chat: string) => data(api.POST("/api/workspaces/{ws}/chats/{chat}/join", { params: at(ws, chat) }));
export const leave = (ws: string, chat: string) => data(api.POST("/api/workspaces/{ws}/chats/{chat}/leave", { params: at(ws, chat) }));
export const transfer = (ws: string, chat: string, agent: string | null) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/transfer", { params: at(ws, chat), body: { to: agent } }));
export const complete = (ws: string, chat: string, flowId?: number) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/complete", { params: at(ws, chat), body: flowId === undefined ? {} : { flowId } }));
export const startFlow = (ws: string, chat: string, flowId: number) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/flow", { params: at(ws, chat), body: { flowId } }));
export const stopFlow = (ws: string, chat: string) => data(api.DELETE("/api/workspaces/{ws}/chats/{chat}/flow", { params: at(ws, chat) }));
/** Ends the customer's session at the messenger, perhaps by handing them to the channel's other bot. */
export const endRoom = (ws: string, chat: string, event: string | null) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/room/end", { params: at(ws, chat), body: { event } }));
/** Keeps a customer out, or lets them in again. */
export const blockRoom = (ws: string, chat: string, blocked: boolean) =>
  data(api.POST("/api/workspaces/{ws}/chats/{chat}/room/block", { params: at(ws, chat), body: { blocked } }));
/** Has the messenger ask for name and telephone number. */
export const askConsent = async (ws: string, chat: string): Promise<Chat> =>
  (await data(api.POST("/api/workspaces/{ws}/chats/{chat}/room/consent", { params: at(ws, chat), body: { clientId: crypto.randomUUID() } }))).chat;
export const typing = (ws: string, chat: string) => api.POST("/api/workspaces/{ws}/chats/{chat}/typing", { params: at(ws, chat) });
export const seen = (ws: string, chat: string, seq: number) =>
  api.POST("/api/workspaces/{ws}/chats/{chat}/seen", { params: at(ws, chat), body: { seq } });
export const changeCustomer = (ws: string, chat: string, body: Schemas["Profile"]): Promise<Chat> =>
  data(api.PATCH("/api/workspaces/{ws}/chats/{chat}", { params: at(ws, chat), body }));

export const changeMine = (ws: string, body: Schemas["Mine"]) => data(api.PATCH("/api/workspaces/{ws}/agents/me", { params: to({ ws }), body }));

export const readPushKey = (ws: string) => data(api.GET("/api/workspaces/{ws}/agents/me/push", { params: { path: { ws } } }));
export const addPushDevice = (ws: string, body: Schemas["WebPushDevice"]) => data(api.PUT("/api/workspaces/{ws}/agents/me/push", { params: to({ ws }), body }));
export const removePushDevice = (ws: string, endpoint: string) => data(api.DELETE("/api/workspaces/{ws}/agents/me/push", { params: to({ ws }), body: { endpoint } }));

export const changeAgent = (ws: string, id: string, categories: string[][]) =>
  data(api.PATCH("/api/workspaces/{ws}/agents/{id}", { params: to({ ws, id }), body: { categories } }));

export const readCanned = async (ws: string) => (await data(api.GET("/api/workspaces/{ws}/canned", { params: { path: { ws } } }))).items;
export const addCanned = (ws: string, body: Schemas["CannedBody"]) => data(api.POST("/api/workspaces/{ws}/canned", { params: to({ ws }), body }));
export const changeCanned = (ws: string, id: string, body: Schemas["CannedBody"]) =>
  data(api.PUT("/api/workspaces/{ws}/canned/{id}", { params: to({ ws, id }), body }));
export const removeCanned = (ws: string, id: string) => api.DELETE("/api/workspaces/{ws}/canned/{id}", { params: to({ ws, id }) });
