// Questions and answers of the workspace, read and written.

import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, call, data, to } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type Answer = Schemas["Answer"];
export type Imported = Schemas["Imported"];

const ALL = "/api/workspaces/{ws}/answers";
const ONE = "/api/workspaces/{ws}/answers/{id}";

export const answersKey = (ws: string) => ["ws", ws, "answers"];
export const answersQuery = (ws: string, search: string) =>
  infiniteQueryOptions({
    queryKey: [...answersKey(ws), search],
    queryFn: ({ pageParam, signal }) => data(api.GET(ALL, { params: { path: { ws }, query: { ...(search && { search }), ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

export const addAnswer = (ws: string, body: Schemas["AnswerBody"]) => data(api.POST(ALL, { params: to({ ws }), body }));
export const changeAnswer = (ws: string, id: string, body: Schemas["AnswerBody"]) => data(api.PUT(ONE, { params: to({ ws, id }), body }));
export const removeAnswer = (ws: string, id: string) => api.DELETE(ONE, { params: to({ ws, id }) });

/** The rows of a CSV or XLSX file. */
export const importAnswers = async (ws: string, file: File) =>
  (await (await call(`/api/workspaces/${ws}/answers/import`, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } })).json()) as Imported;
export const readAnswersFile = async (ws: string, format: "csv" | "xlsx") => (await call(`/api/workspaces/${ws}/answers/file?format=${format}`)).blob();
