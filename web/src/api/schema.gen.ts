// Made by `npm run types` from openapi.json. Do not edit.

export interface paths {
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All channels and what each can show.
         * @description For whoever is signed in.
         */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Comes in to look around, where the server shows a demo and the call comes from the same machine.
         * @description Anyone may call it.
         */
        post: operations["enterDemo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invites/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an invitation is about.
         * @description Anyone may call it.
         */
        get: operations["getInvite"];
        put?: never;
        /**
         * Accepts an invitation. Who is new gets an account and is signed in; who has one is signed in with it already.
         * @description Anyone may call it.
         */
        post: operations["acceptInvite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in.
         * @description For whoever is signed in.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes name, language or theme.
         * @description For whoever is signed in.
         */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a new password; all other sign-ins end.
         * @description For whoever is signed in.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sets one's picture: the bytes of a PNG, JPEG, WebP or GIF.
         * @description For whoever is signed in.
         */
        put: operations["setMyPicture"];
        post?: never;
        /**
         * Removes one's picture.
         * @description For whoever is signed in.
         */
        delete: operations["removeMyPicture"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switches one-time codes on, with the first of them. Recovery codes are shown once.
         * @description For whoever is signed in.
         */
        put: operations["confirmTotp"];
        /**
         * Begins with one-time codes: a secret for the authenticator. Codes are asked for once one has proved that it arrived.
         * @description For whoever is signed in.
         */
        post: operations["beginTotp"];
        /**
         * Switches one-time codes off.
         * @description For whoever is signed in.
         */
        delete: operations["removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a link for a new password, if there is such an account. The answer does not say whether there is.
         * @description Anyone may call it.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a new password by a link; all sign-ins of the account end.
         * @description Anyone may call it.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pictures/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture. Whoever knows the name may see it: invitations show one to people without an account.
         * @description Anyone may call it.
         */
        get: operations["getPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in.
         * @description Anyone may call it.
         */
        post: operations["signIn"];
        /**
         * Signs out here.
         * @description For whoever is signed in.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where one is signed in, last seen first.
         * @description For whoever is signed in.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * Signs out everywhere but here.
         * @description For whoever is signed in.
         */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Signs out in one place.
         * @description For whoever is signed in.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes the first account, owner of the server's workspace, and signs it in.
         * @description Only while there is no account.
         */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a page must know before anyone is signed in.
         * @description Anyone may call it.
         */
        get: operations["getState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a workspace; the caller owns it.
         * @description For whoever is signed in.
         */
        post: operations["addWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One workspace.
         * @description From the role `readonly`.
         */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a workspace's name.
         * @description From the role `admin`.
         */
        patch: operations["changeWorkspace"];
        trace?: never;
    };
    "/api/workspaces/{ws}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The agents of a workspace: members who have opened the chat.
         * @description From the role `readonly`.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Says what an agent is a specialist for.
         * @description From the role `admin`.
         */
        patch: operations["changeAgent"];
        trace?: never;
    };
    "/api/workspaces/{ws}/agents/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Goes away or comes back, and keeps what the caller's console wants to remember.
         * @description From the role `readonly`.
         */
        patch: operations["changeOwnAgent"];
        trace?: never;
    };
    "/api/workspaces/{ws}/agents/me/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key that news is signed with.
         * @description From the role `readonly`.
         */
        get: operations["showWebPush"];
        /**
         * This browser is told what the caller wants to know, for as long as they are signed in there and their console is closed.
         * @description From the role `readonly`.
         */
        put: operations["addWebPushDevice"];
        post?: never;
        /**
         * This browser is told nothing any more.
         * @description From the role `readonly`.
         */
        delete: operations["removeWebPushDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The alerts of a workspace, newest first.
         * @description From the role `readonly`.
         */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/alerts/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The caller has read all alerts up to this one.
         * @description From the role `readonly`.
         */
        put: operations["readAlerts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Questions and answers of a workspace, newest first.
         * @description From the role `readonly`.
         */
        get: operations["listAnswers"];
        put?: never;
        /**
         * Adds one.
         * @description From the role `editor`.
         */
        post: operations["addAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/answers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes one.
         * @description From the role `editor`.
         */
        put: operations["changeAnswer"];
        post?: never;
        /**
         * Removes one.
         * @description From the role `editor`.
         */
        delete: operations["removeAnswer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/answers/{id}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One was sent to a customer: it is counted, and comes before others that are as alike.
         * @description From the role `readonly`.
         */
        post: operations["useAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/answers/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All of them as a file: CSV (UTF-8 with a byte order mark) or XLSX. It can be brought again.
         * @description From the role `readonly`.
         */
        get: operations["downloadAnswers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/answers/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes questions and answers from a file: the bytes of a CSV (UTF-8 or EUC-KR) or an XLSX of at most 5 MB, with the columns
         *     질문, 답변, 분류 (question, answer, category) in a first row, or in this order without one. A question that is there
         *     already gets the file's answer.
         * @description From the role `editor`.
         */
        post: operations["importAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What members have changed, newest first.
         * @description From the role `admin`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bots of a workspace.
         * @description From the role `readonly`.
         */
        get: operations["listBots"];
        put?: never;
        /**
         * Makes a bot, from a template or from a file.
         * @description From the role `admin`.
         */
        post: operations["addBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One bot.
         * @description From the role `readonly`.
         */
        get: operations["getBot"];
        put?: never;
        post?: never;
        /**
         * Deletes a bot, which must be named. It can be restored for 30 days.
         * @description From the role `admin`.
         */
        delete: operations["deleteBot"];
        options?: never;
        head?: never;
        /**
         * Changes a bot's settings, in its draft.
         * @description From the role `editor`.
         */
        patch: operations["changeBot"];
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/alert-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When somebody is told about a bot.
         * @description From the role `readonly`.
         */
        get: operations["getAlertRules"];
        /**
         * Sets when somebody is told about a bot.
         * @description From the role `editor`.
         */
        put: operations["setAlertRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/alert-rules/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the webhook of a bot's alerts is signed with.
         * @description From the role `editor`.
         */
        get: operations["getAlertSecret"];
        put?: never;
        /**
         * Exchanges what the webhook of a bot's alerts is signed with. The one before signs too for another day.
         * @description From the role `editor`.
         */
        post: operations["renewAlertSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/alert-rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells an alert that never was, to see that mail and webhook arrive.
         * @description From the role `editor`.
         */
        post: operations["tryAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/bridge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a bridge leads, and how it behaves.
         * @description From the role `readonly`.
         */
        get: operations["getBridge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes where a bridge leads and how it behaves.
         * @description From the role `editor`.
         */
        patch: operations["changeBridge"];
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/bridge/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a bot with flows of what was recorded, as a draft to edit. The bridge stays as it is.
         * @description From the role `admin`.
         */
        post: operations["makeBridgeFlows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/bridge/recorded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was recorded of the old server, and the bot that can be made of it.
         * @description From the role `readonly`.
         */
        get: operations["getBridgeRecorded"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The channels of a bot, and what each shows.
         * @description From the role `readonly`.
         */
        get: operations["listBotChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/chat-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a bot does otherwise; parts that are absent are the team's.
         * @description From the role `readonly`.
         */
        get: operations["getBotChatSettings"];
        /**
         * Sets what a bot does otherwise.
         * @description From the role `admin`.
         */
        put: operations["setBotChatSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Checks a bot file, or the draft.
         * @description From the role `readonly`.
         */
        post: operations["checkBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/consulttalk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A bot's ConsultationTalk.
         * @description From the role `readonly`.
         */
        get: operations["getConsultTalk"];
        /**
         * Sets it up or changes it. The address for the dealer stays what it is.
         * @description From the role `admin`.
         */
        put: operations["setConsultTalk"];
        post?: never;
        /**
         * Takes it away, with the dealer's keys. Conversations stay.
         * @description From the role `admin`.
         */
        delete: operations["removeConsultTalk"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/consulttalk/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks the dealer to let customers write, to keep them from it, or to deliver here.
         * @description From the role `admin`.
         */
        post: operations["askConsultTalk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/consulttalk/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A link, a QR code and a button with which customers begin a session.
         * @description From the role `readonly`.
         */
        get: operations["getConsultTalkLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/consulttalk/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a month costs, as an estimate: the dealer's bill decides.
         * @description From the role `readonly`.
         */
        get: operations["getConsultTalkUse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The conversations of a bot, newest first.
         * @description From the role `readonly`.
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/conversations/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One conversation and its state.
         * @description From the role `readonly`.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        /**
         * Erases all that is kept of one customer (삭제). Figures of the statistics stay; nobody can be told from them.
         * @description From the role `admin`.
         */
        delete: operations["eraseCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/conversations/{user}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that is kept of one customer (열람): profile, state, messages, turns, and the requests of the last days.
         * @description From the role `admin`.
         */
        get: operations["exportCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/conversations/{user}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The messages of a conversation.
         * @description From the role `readonly`.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The draft.
         * @description From the role `readonly`.
         */
        get: operations["getDraft"];
        /**
         * Saves the draft, if it is still as it was when the work on it began. An editor may say which of a person's editors it is
         *     in `x-editor-session`, so that it knows its own `saved` event.
         * @description From the role `editor`.
         */
        put: operations["saveDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/draft/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to the draft, as it happens (server-sent events). The stream ends after ten minutes; browsers open it again
         *     by themselves.
         * @description From the role `readonly`.
         */
        get: operations["watchDraft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/draft/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says where an open editor is, and that it is still there: every 20 seconds, or it is gone after 45.
         * @description From the role `readonly`.
         */
        put: operations["setPresence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The draft's file.
         * @description From the role `editor`.
         */
        get: operations["exportBot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Overwrites the draft with a file.
         * @description From the role `admin`.
         */
        put: operations["overwriteBot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/kakao": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The KakaoTalk channel of a bot, and what was seen of its set-up.
         * @description From the role `readonly`.
         */
        get: operations["getKakao"];
        put?: never;
        post?: never;
        /**
         * Removes the channel: it answers no more, asks for no header, and what was seen of it is forgotten. Conversations stay.
         * @description From the role `admin`.
         */
        delete: operations["removeKakao"];
        options?: never;
        head?: never;
        /**
         * Switches the channel, and sets or removes its secret header.
         * @description From the role `admin`.
         */
        patch: operations["changeKakao"];
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uploads a picture for a bot to show: the bytes of a JPEG, PNG, GIF or BMP of at most 10 MB. It is drawn anew, 1,024 pixels
         *     at its longer side, without what else stood in the file; a moving picture goes on moving unless it is very long.
         * @description From the role `editor`.
         */
        post: operations["addMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries one act. The bot's requests, scripts, mails and rows are real; nothing of the conversation is stored.
         * @description From the role `editor`.
         */
        post: operations["previewBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets the draft answer, as a version that never changes. Refused where the check finds errors; warnings do not stop it.
         * @description From the role `editor`.
         */
        post: operations["publishBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The requests of KakaoTalk to a bot, newest first.
         * @description From the role `readonly`.
         */
        get: operations["listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/requests/{request}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One request with its raw pair.
         * @description From the role `readonly`.
         */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/requests/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which problems the log holds, and how many of each.
         * @description From the role `readonly`.
         */
        get: operations["countRequestProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a deletion back.
         * @description From the role `admin`.
         */
        post: operations["restoreBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/script/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a script as the bot's script node would: in a worker process, its calls through the guard.
         * @description From the role `editor`.
         */
        post: operations["runScript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of a bot: active users, messages, by day and by channel.
         * @description From the role `readonly`.
         */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/stats/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Errors, grouped by what they say, the most frequent first.
         * @description From the role `readonly`.
         */
        get: operations["listErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/stats/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The statistics as a file: CSV (UTF-8 with a byte order mark) or XLSX.
         * @description From the role `readonly`.
         */
        get: operations["downloadStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/stats/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The nodes that made people wait longest.
         * @description From the role `readonly`.
         */
        get: operations["listSlowNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/stats/unanswered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people said that the scenario had no answer to, the most frequent first.
         * @description From the role `readonly`.
         */
        get: operations["listUnanswered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/template/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renders a template.
         * @description From the role `editor`.
         */
        post: operations["renderTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The path tests of a bot.
         * @description From the role `readonly`.
         */
        get: operations["listPathTests"];
        put?: never;
        /**
         * Keeps a conversation as a path test.
         * @description From the role `editor`.
         */
        post: operations["addPathTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/tests/{test}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deletes a path test.
         * @description From the role `editor`.
         */
        delete: operations["deletePathTest"];
        options?: never;
        head?: never;
        /**
         * Changes a path test.
         * @description From the role `editor`.
         */
        patch: operations["changePathTest"];
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/tests/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All path tests as a file, for `closer test` and for other bots.
         * @description From the role `readonly`.
         */
        get: operations["exportPathTests"];
        put?: never;
        /**
         * Takes in a file of path tests; what is there stays.
         * @description From the role `editor`.
         */
        post: operations["importPathTests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/tests/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plays path tests again. The world is not asked: requests get the answers of the recording.
         * @description From the role `editor`.
         */
        post: operations["runPathTests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The turns behind a figure, newest first.
         * @description From the role `readonly`.
         */
        get: operations["listTurns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/turns/{turn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One turn, for the inspector.
         * @description From the role `readonly`.
         */
        get: operations["getTurn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions, newest first.
         * @description From the role `readonly`.
         */
        get: operations["listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deletes a version. The one that answers stays.
         * @description From the role `editor`.
         */
        delete: operations["deleteVersion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/versions/{version}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a version's flows and preferences back into the draft; title, description and audience stay as they are.
         * @description From the role `editor`.
         */
        post: operations["revertDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/versions/{version}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A version's file.
         * @description From the role `readonly`.
         */
        get: operations["getVersionFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/versions/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a version answer again, as it is.
         * @description From the role `editor`.
         */
        post: operations["serveVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/web": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A bot's web chat.
         * @description From the role `readonly`.
         */
        get: operations["getWebChannel"];
        /**
         * Switches a bot's web chat on or off and says how it looks.
         * @description From the role `admin`.
         */
        put: operations["setWebChannel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/web/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the bot's site signs its users' keys with.
         * @description From the role `admin`.
         */
        get: operations["getWebSecret"];
        put?: never;
        /**
         * Exchanges the secret. Browsers begin as new visitors, and signatures that were made with the old one are void.
         * @description From the role `admin`.
         */
        post: operations["renewWebSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The webhooks of a bot.
         * @description From the role `admin`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Adds one. It is told what happens from now on.
         * @description From the role `admin`.
         */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes one. What could not be delivered is tried again at once.
         * @description From the role `admin`.
         */
        put: operations["changeWebhook"];
        post?: never;
        /**
         * Removes one.
         * @description From the role `admin`.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What deliveries are signed with.
         * @description From the role `admin`.
         */
        get: operations["getWebhookSecret"];
        put?: never;
        /**
         * Exchanges the secret. The one before signs for another day.
         * @description From the role `admin`.
         */
        post: operations["renewWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bots/{bot}/webhooks/{id}/tries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest tries to deliver, with why those failed that did.
         * @description From the role `admin`.
         */
        get: operations["listWebhookTries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bridges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a bridge: a bot that an old server answers for.
         * @description From the role `admin`.
         */
        post: operations["addBridge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/bridges/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Looks at an old server: the calls that Kakao's own test made, in its order, and a message where one is given.
         * @description From the role `editor`.
         */
        post: operations["checkBridge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/canned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The canned messages that the caller sees, in order.
         * @description From the role `readonly`.
         */
        get: operations["listCanned"];
        put?: never;
        /**
         * Adds one.
         * @description From the role `readonly`.
         */
        post: operations["addCanned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/canned/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes one.
         * @description From the role `readonly`.
         */
        put: operations["changeCanned"];
        post?: never;
        /**
         * Removes one.
         * @description From the role `readonly`.
         */
        delete: operations["removeCanned"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chat-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the team works: `{assignment, hours, autoClose, completion, cancel, labels, suggest, panels}` (docs/live.md).
         * @description From the role `readonly`.
         */
        get: operations["getChatSettings"];
        /**
         * Sets how the team works; what is absent is as at the beginning.
         * @description From the role `admin`.
         */
        put: operations["setChatSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chat-stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures about the consultations of a period.
         * @description From the role `readonly`.
         */
        get: operations["getChatStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chat-stats/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A period as a file: its consultations and figures, as CSV with a byte order mark, which spreadsheets in Korea need, or as
         *     XLSX; times in the team's zone.
         * @description From the role `readonly`.
         */
        get: operations["downloadChatStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chat-stats/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of today beside those of yesterday.
         * @description From the role `readonly`.
         */
        get: operations["getChatStatsToday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations of a workspace, the one in which something was said last first.
         * @description From the role `readonly`.
         */
        get: operations["listChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conversation.
         * @description From the role `readonly`.
         */
        get: operations["getChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Writes down who the end user is.
         * @description From the role `readonly`.
         */
        patch: operations["changeChat"];
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Completes a consultation: all agents leave, the bot answers again.
         * @description From the role `readonly`.
         */
        post: operations["completeChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conversation as a text: who said what and when, and what happened, in the team's zone. Notes for colleagues are not in
         *     it.
         * @description From the role `readonly`.
         */
        get: operations["exportChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a document to be sent: the bytes of a PDF, DOC, DOCX, XLS, XLSX, PPT or PPTX of at most 10 MB, without macros.
         * @description From the role `readonly`.
         */
        post: operations["addChatFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets the bot run a flow in a consultation.
         * @description From the role `readonly`.
         */
        post: operations["startFlowInChat"];
        /**
         * Stops the flow that runs in a consultation.
         * @description From the role `readonly`.
         */
        delete: operations["stopFlowInChat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Joins a consultation beside its owner.
         * @description From the role `readonly`.
         */
        post: operations["joinChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leaves a consultation; its owner hands it over or completes it instead.
         * @description From the role `readonly`.
         */
        post: operations["leaveChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a picture to be sent: the bytes of a JPEG, PNG, GIF or BMP of at most 10 MB, which are drawn anew. Send its `url` in a
         *     message then.
         * @description From the role `readonly`.
         */
        post: operations["addChatMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages of a conversation, and what happened beside them.
         * @description From the role `readonly`.
         */
        get: operations["listChatMessages"];
        put?: never;
        /**
         * Says something to the end user. A request that is nobody's becomes the caller's by it.
         * @description From the role `readonly`.
         */
        post: operations["sendChatMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes a note that colleagues see and the end user does not.
         * @description From the role `readonly`.
         */
        post: operations["noteChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/panels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the business shows beside this conversation.
         * @description From the role `readonly`.
         */
        get: operations["listChatPanels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/room/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps a customer out, or lets them in again: what a blocked customer writes is not delivered by the messenger.
         * @description From the role `readonly`.
         */
        post: operations["blockChatRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/room/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the messenger ask the customer for name and telephone number, in its own bubble. What they give stands in the profile.
         * @description From the role `readonly`.
         */
        post: operations["askChatConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/room/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the customer's session at the messenger, perhaps by handing them to the channel's OpenBuilder bot. The consultation ends
         *     with it.
         * @description From the role `readonly`.
         */
        post: operations["endChatRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller has seen the thread up to this message.
         * @description From the role `readonly`.
         */
        post: operations["seeChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a request, or steps into a conversation: the bot stops, it is the caller's.
         * @description From the role `readonly`.
         */
        post: operations["takeChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a consultation to an agent, or back into the queue.
         * @description From the role `readonly`.
         */
        post: operations["transferChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/{chat}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells the end user and colleagues that the caller types.
         * @description From the role `readonly`.
         */
        post: operations["typeInChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many conversations wait and go on, by bot.
         * @description From the role `readonly`.
         */
        get: operations["countChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/chats/running": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations in which bots answer now, on all channels, with where they are: to be watched, and to be stepped into where
         *     agents can write.
         * @description From the role `readonly`.
         */
        get: operations["listRunningChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes the demo away, with its bots and all that was said to them.
         * @description From the role `owner`.
         */
        delete: operations["removeDemo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The invitations that wait, oldest first.
         * @description From the role `admin`.
         */
        get: operations["listInvites"];
        put?: never;
        /**
         * Invites people. An earlier invitation of the same address ends.
         * @description From the role `admin`.
         */
        post: operations["addInvites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/invites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes an invitation back.
         * @description From the role `admin`.
         */
        delete: operations["revokeInvite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens in a workspace, as it happens. With `Upgrade: websocket` a WebSocket with JSON frames, with
         *     `Accept: text/event-stream` server-sent events; their `id` is the event's number.
         * @description From the role `readonly`.
         */
        get: operations["watchWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The members of a workspace, in the order in which they came.
         * @description From the role `readonly`.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a member out. Anyone may leave; owners may take out anyone, admins editors and readers.
         * @description From the role `readonly`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /**
         * Gives a member another role. Owners may give any; admins may make editors and readers of editors and readers.
         * @description From the role `admin`.
         */
        patch: operations["changeMember"];
        trace?: never;
    };
    "/api/workspaces/{ws}/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notes that mention the caller, newest first. One in a conversation that is hidden from them is not there.
         * @description From the role `readonly`.
         */
        get: operations["listMentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/mentions/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller has seen the notes up to this one.
         * @description From the role `readonly`.
         */
        post: operations["seeMentions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/mentions/unseen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many notes mention the caller that they have not seen.
         * @description From the role `readonly`.
         */
        get: operations["countMentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sets a workspace's picture: the bytes of a PNG, JPEG, WebP or GIF.
         * @description From the role `admin`.
         */
        put: operations["setWorkspacePicture"];
        post?: never;
        /**
         * Removes a workspace's picture.
         * @description From the role `admin`.
         */
        delete: operations["removeWorkspacePicture"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a workspace's records are counted and kept.
         * @description From the role `readonly`.
         */
        get: operations["getRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes how a workspace's records are counted and kept. What is older than is kept goes within minutes, and for good.
         * @description From the role `admin`.
         */
        patch: operations["changeRecords"];
        trace?: never;
    };
    "/api/workspaces/{ws}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The names of all secrets, in order.
         * @description From the role `editor`.
         */
        get: operations["listSecrets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answers to what a customer wrote: the workspace's own questions that are most like it, and those of the server that the
         *     team has set.
         * @description From the role `readonly`.
         */
        get: operations["suggestAnswers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspaces/{ws}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bots to begin with.
         * @description From the role `readonly`.
         */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture that a bot shows, or a document that an agent has sent. Whoever knows its name may have it, on any page: KakaoTalk
         *     fetches pictures from here.
         * @description Anyone may call it.
         */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The document of the API.
         * @description Anyone may call it.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description How an invitation is accepted: as a new person, or with nothing by who has an account and is signed in. */
        Acceptance: {
            language?: components["schemas"]["Language"] | null;
            /** @description What the new person is called. */
            name?: string | null;
            /** @description Their password. */
            password?: string | null;
        };
        /** @description Who did something. */
        Actor: {
            /** @description The account's id. */
            id: string;
            /** @description What they were called then. */
            name: string;
        };
        /** @description An agent. */
        Agent: {
            /** @description Do they take no requests now? */
            away: boolean;
            /** @description What they are specialists for, each from the outside in. */
            categories: string[][];
            /** @description The account. */
            id: string;
            /** @description What the person is called. */
            name: string;
            /** @description Is a console of theirs open? */
            online: boolean;
            /**
             * Format: int64
             * @description Their open consultations, waiting and in progress.
             */
            open: number;
            /** @description Where their picture is. */
            picture: string | null;
            /** @description The caller's own settings (favourite flows, notifications); null for others. */
            settings: Record<string, unknown> | null;
        };
        /** @description What an admin changes of an agent. */
        AgentChange: {
            /** @description What they are specialists for, each from the outside in; none for a general agent. */
            categories: string[][];
        };
        /** @description What an agent did. */
        AgentStats: {
            /**
             * Format: int32
             * @description … in which somebody answered.
             */
            answered: number;
            /**
             * Format: int64
             * @description From the call until an agent first wrote, on average.
             */
            averageResponseMs: number | null;
            /**
             * Format: int32
             * @description … that were completed.
             */
            completed: number;
            /** @description The account. */
            id: string;
            /** @description What the person is called; empty where they have left. */
            name: string;
            /** @description What customers gave them. */
            scores: components["schemas"]["ChatScores"];
            /**
             * Format: int32
             * @description Consultations that were theirs at last.
             */
            taken: number;
            /**
             * Format: int32
             * @description How often these were handed over before.
             */
            transfers: number;
        };
        /** @description An alert. */
        Alert: {
            /**
             * Format: int64
             * @description How much was found, at most: turns, or hours of silence.
             */
            amount: number;
            /**
             * Format: int64
             * @description When it was found.
             */
            at: number;
            /** @description The bot. */
            bot: string;
            /** @description What the bot is called. */
            botTitle: string;
            /**
             * Format: int64
             * @description When things were well again; null while they are not.
             */
            endedAt: number | null;
            /** @description The webhook took it. */
            hooked: boolean;
            /** @description Why the webhook did not take it. */
            hookError: string | null;
            /** @description Its id. */
            id: string;
            /** @description `errors`, `slow`, `cuts` or `silent`. */
            kind: string;
            /**
             * Format: int32
             * @description Letters that were sent.
             */
            mailed: number;
            /** @description Why letters could not be sent. */
            mailError: string | null;
            /**
             * Format: int64
             * @description In how many minutes.
             */
            minutes: number;
            /** @description Has the caller read it? */
            read: boolean;
            /** @description What it says, in the caller's language. */
            text: string;
            /**
             * Format: int64
             * @description … and how much was too much.
             */
            threshold: number;
        };
        /** @description So many in so many minutes are too many. */
        AlertRule: {
            /**
             * Format: int64
             * @description How many are too many.
             */
            count: number;
            /**
             * Format: int64
             * @description In how many minutes.
             */
            minutes: number;
            /** @description Is it watched? */
            on: boolean;
        };
        /** @description The rules of one bot. */
        AlertRules: {
            /**
             * @description Answers that lost something for KakaoTalk's limits.
             * @default {
             *       "on": true,
             *       "count": 20,
             *       "minutes": 60
             *     }
             */
            cuts: components["schemas"]["AlertRule"];
            /**
             * @description Where mail goes.
             * @default []
             */
            emails: string[];
            /**
             * @description Turns that ended with an error.
             * @default {
             *       "on": true,
             *       "count": 5,
             *       "minutes": 10
             *     }
             */
            errors: components["schemas"]["AlertRule"];
            /**
             * @description The language of letters: `ko` or `en`.
             * @default ko
             */
            language: string;
            /**
             * @description The channel has gone silent.
             * @default {
             *       "on": false,
             *       "hours": 24
             *     }
             */
            silent: components["schemas"]["SilentRule"];
            /**
             * @description Answers that took 3 seconds or longer.
             * @default {
             *       "on": true,
             *       "count": 5,
             *       "minutes": 10
             *     }
             */
            slow: components["schemas"]["AlertRule"];
            /**
             * @description Where a JSON is posted; public addresses only.
             * @default null
             */
            webhookUrl: string | null;
        };
        /** @description Alerts, and how many the caller has not read. */
        Alerts: {
            /** @description The alerts of this piece, newest first. */
            items: components["schemas"]["Alert"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
            /**
             * Format: int64
             * @description How many of the workspace the caller has not read.
             */
            unread: number;
        };
        /** @description What a webhook is signed with. */
        AlertSecret: {
            /** @description As the Standard Webhooks convention writes it, `whsec_` and base64; null while no webhook was ever set. */
            secret: string | null;
        };
        /** @description Up to which alert the caller has read them. */
        AlertsRead: {
            /** @description The newest alert that was read. */
            upTo: string;
        };
        /** @description What came of telling an alert that never was. */
        AlertTried: {
            /** @description The webhook took it. */
            hooked: boolean;
            /** @description Why the webhook did not take it. */
            hookError: string | null;
            /**
             * Format: int32
             * @description Letters that were sent.
             */
            mailed: number;
            /** @description Why letters could not be sent. */
            mailError: string | null;
        };
        /** @description A question and its answer. */
        Answer: {
            /** @description What is answered. */
            answer: string;
            /** @description What it is about. */
            category: string;
            /** @description Its id. */
            id: string;
            /** @description What is asked, one way of asking in each line. */
            question: string;
            /**
             * Format: int64
             * @description When it was last changed.
             */
            updatedAt: number;
            /**
             * Format: int64
             * @description How often agents sent it.
             */
            uses: number;
        };
        /** @description A question and its answer to be. */
        AnswerBody: {
            /** @description What is answered; up to 1,000 characters. */
            answer: string;
            /** @description What it is about. */
            category?: string | null;
            /** @description What is asked, one way of asking in each line; up to 1,000 characters. */
            question: string;
        };
        /** @description A line of the log. */
        AuditLine: {
            /**
             * @description What they did: `workspace.add`, `workspace.rename`, `workspace.picture`, `member.join`, `member.role`,
             *     `member.remove`, `member.leave`, `invite.add`, `invite.revoke`, `bot.add`, `bot.change`, `bot.edit`,
             *     `bot.publish`, `bot.serve`, `bot.deleteVersion`, `bot.revert`, `bot.addTest`, `bot.overwrite`, `bot.delete`, `bot.restore`,
             *     `kakao.change`, `kakao.remove`, `alerts.rules`, `alerts.secret`, `records.change`, `customer.export` or `customer.erase`.
             */
            action: string;
            /** @description Who did it. */
            actor: components["schemas"]["Actor"];
            /**
             * Format: int64
             * @description When it happened.
             */
            at: number;
            /** @description What else there is to say. */
            detail: string;
            /** @description Its id. */
            id: string;
            /** @description To what or whom, as people call it. */
            target: string;
        };
        /** @description On which revision of the draft one works. */
        Base: {
            /**
             * Format: int64
             * @description The draft's revision.
             */
            base: number;
        };
        /** @description A bot. */
        Bot: components["schemas"]["BotSummary"] & {
            /** @description The same for the draft. */
            draftSkillUrl: string;
            /** @description How the draft behaves beyond its flows. */
            preference: components["schemas"]["Preference"];
            /** @description The address to be pasted into OpenBuilder. */
            skillUrl: string;
        };
        /** @description What is to change; what is left out stays. */
        BotChange: {
            /** @description What it is for. */
            description?: string | null;
            preference?: components["schemas"]["PreferenceChange"] | null;
            /** @description What people call it. */
            title?: string | null;
        };
        /** @description A channel, as this bot has it. */
        BotChannel: {
            /** @description Its name in files and calls. */
            id: components["schemas"]["ChannelId"];
            /** @description What it shows. */
            limits: components["schemas"]["ChannelLimits"];
            /** @description In what its lengths are. */
            measure: components["schemas"]["ChannelMeasure"];
            /**
             * @description Of `kakaobiz` the relay that was chosen for this bot; null elsewhere, and where none was: then the limits are those of
             *     Kakao's own protocol.
             */
            relay: string | null;
            /** @description Does this bot use it? One that uses none yet is meant for `KakaoTalk`. */
            used: boolean;
        };
        /** @description The channels of a bot. */
        BotChannels: {
            /** @description All channels, in the order in which they are shown. */
            channels: components["schemas"]["BotChannel"][];
        };
        /** @description One thing that is wrong or remarkable. */
        BotComplaint: {
            /** @description The channel whose limits it is about. */
            channel: string | null;
            /** @description A stable name. */
            code: string;
            /** @description The field of the innermost of file, flow and node: `data.message.text`, `next[0].where`. */
            field: string | null;
            /**
             * Format: int64
             * @description The flow's id.
             */
            flow: number | null;
            /** @description What it is and what to do. */
            message: string;
            /**
             * Format: int64
             * @description The node's id in its flow.
             */
            node: number | null;
            /** @description Where, in words. */
            place: string;
            /** @description How bad it is. */
            severity: components["schemas"]["ComplaintSeverity"];
        };
        /**
         * @description What answers for a bot.
         * @enum {string}
         */
        BotKind: "flows" | "bridge";
        /** @description A bot that was made, and what is remarkable about its file. */
        BotMade: {
            /** @description The bot. */
            bot: components["schemas"]["Bot"];
            /** @description What is remarkable. */
            warnings: components["schemas"]["Warning"][];
        };
        /** @description Which file of a bot answers. */
        BotSource: components["schemas"]["NamedSource"] | number;
        /** @description A bot as a list shows it. */
        BotSummary: {
            /**
             * Format: int64
             * @description When it was deleted; it can be restored for 30 days.
             */
            deletedAt: number | null;
            /** @description What it is for. */
            description: string;
            /** @description Has the draft changed since it was published? */
            draftAhead: boolean;
            /**
             * Format: int64
             * @description Turns of today that ended with an error.
             */
            errorsToday: number;
            /** @description Its id. */
            id: string;
            /** @description Is KakaoTalk switched on? */
            kakaoEnabled: boolean;
            /** @description Does it have flows, or does an old server answer for it? */
            kind: components["schemas"]["BotKind"];
            /**
             * Format: int64
             * @description The version that answers.
             */
            liveVersion: number | null;
            /** @description What people call it. */
            title: string;
            /**
             * Format: int64
             * @description Turns of today.
             */
            turnsToday: number;
            /**
             * Format: int64
             * @description When it was last changed.
             */
            updatedAt: number;
            /**
             * Format: int64
             * @description People who talked to it today.
             */
            usersToday: number;
        };
        /** @description Where a bridge leads, and how it behaves. */
        Bridge: {
            /** @description Has an operator opened the address although it is not public? */
            inside: boolean;
            /** @description How it behaves. */
            options: components["schemas"]["BridgeOptions"];
            /** @description The base address, to which `/keyboard` and `/message` are appended. */
            url: string;
        };
        /** @description One call of the check. */
        BridgeCall: {
            /** @description The beginning of the server's own answer. */
            answer: string;
            /** @description The buttons that it shows. */
            buttons: string[];
            /** @description `DELETE /friend/test`, … */
            call: string;
            /** @description The same in English. */
            en: string;
            /** @description What happened and what to do, in Korean; empty where all is well. */
            ko: string;
            /** @description Whether it has to work. */
            needed: boolean;
            /** @description Whether it did. */
            ok: boolean;
            /**
             * Format: int32
             * @description The status; null where there was no answer.
             */
            status: number | null;
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            tookMs: number;
        };
        /** @description What is to change; what is left out stays. */
        BridgeChange: {
            options?: components["schemas"]["BridgeOptions"] | null;
            /** @description The old server's base address. What an operator opened is shut by another host. */
            url?: string | null;
        };
        /** @description A server to be looked at. */
        BridgeCheck: {
            /** @description The bridge that leads there already, if it does; what an operator opened for it is open to the check. */
            bot?: string | null;
            /** @description What is said in `POST /message`; without it that call is left out. */
            say?: string | null;
            /** @description Its base address. */
            url: string;
        };
        /**
         * @description Where more buttons go than KakaoTalk shows at once.
         * @enum {string}
         */
        BridgeMany: "paging" | "list";
        /** @description How a bridge behaves. */
        BridgeOptions: {
            /**
             * Format: int64
             * @description How long the old server may take for one message, in milliseconds.
             */
            budgetMs: number;
            /** @description What is said when the old server does not answer. */
            failure: string;
            /** @description What is said over the home keyboard, which has no text of its own. */
            greeting: string;
            /** @description The home buttons come back after ten silent minutes. */
            homeAfterSilence: boolean;
            /** @description Texts that bring the home keyboard. */
            homeWords: string[];
            /** @description Where more than ten buttons go. */
            many: components["schemas"]["BridgeMany"];
            /** @description What becomes of pictures at http addresses. */
            pictures: components["schemas"]["BridgePictures"];
            /** @description What was not offered as a button is not sent to the old server. */
            strictButtons: boolean;
            /** @description Tell the old server of people whose first message is not the welcome block. */
            tellOldFriends: boolean;
        };
        /**
         * @description What becomes of a picture at an http address.
         * @enum {string}
         */
        BridgePictures: "asIs" | "https" | "proxy";
        /** @description What was recorded of an old server, and the bot that can be made of it. */
        BridgeRecorded: {
            /** @description Flows that the bot would have. */
            flows: number;
            /** @description People who had them. */
            people: number;
            /**
             * Format: int64
             * @description Turns of the last 30 days that were answered, 20,000 at most.
             */
            turns: number;
            /** @description Words that people typed and that lead somewhere, most frequent first. */
            typed: components["schemas"]["TypedWord"][];
            /** @description Buttons that nobody has pressed; they lead to the fallback flow. */
            unpressed: components["schemas"]["UnpressedButton"][];
            /** @description Words after which the old server answered something else each time. */
            varying: string[];
        };
        /** @description What a check found. */
        BridgeReport: {
            /** @description The calls, in order. */
            calls: components["schemas"]["BridgeCall"][];
            /** @description Can it be bridged? */
            ok: boolean;
            /** @description The base address as it is used. */
            url: string;
            /** @description What is odd about the address, as stable names: `ends-in-keyboard`, `ends-in-message`, `plain-http`. */
            warnings: string[];
        };
        /** @description A canned message. */
        Canned: {
            /** @description Its id. */
            id: string;
            /** @description Is it the caller's own? Else the team's. */
            own: boolean;
            /**
             * Format: int64
             * @description Its place in the list.
             */
            position: number;
            /** @description What is typed after `/`. */
            shortcut: string;
            /** @description What it says; a template. */
            text: string;
            /** @description What it is called. */
            title: string;
        };
        /** @description A canned message to be. */
        CannedBody: {
            /** @description The caller's own? Else the team's, which admins keep. Cannot be changed later. */
            own?: boolean | null;
            /**
             * Format: int64
             * @description Its place in the list.
             */
            position?: number | null;
            /** @description What is typed after `/`. */
            shortcut?: string | null;
            /** @description What it says; a template. */
            text: string;
            /** @description What it is called. */
            title: string;
        };
        /**
         * @description A channel on which a bot can be tried.
         * @enum {string}
         */
        ChannelId: "kakao" | "kakaobiz" | "web";
        /** @description What a channel shows. Lengths are in its measure; null means that nothing bounds it. */
        ChannelLimits: {
            /** @description Text that stands for a picture. */
            altText: number | null;
            /** @description Bubbles in one answer; what comes after waits behind "더보기". */
            bubbles: number | null;
            /** @description What stands on a button. */
            buttonLabel: number;
            /** @description Buttons under one text or card. */
            buttons: number;
            /** @description Buttons of a card among others, where that is another number. */
            buttonsInRow: number | null;
            /** @description Bytes of one answer. */
            bytes: number | null;
            /** @description The description of a lone card with a picture. */
            cardDescription: number;
            /** @description The description of a card with a picture among others. */
            cardDescriptionInRow: number;
            /** @description The description of a card without a picture among others. */
            cardDescriptionInRowWithoutPicture: number;
            /** @description The description of a lone card without one, title included. */
            cardDescriptionWithoutPicture: number;
            /** @description Cards side by side in one message. */
            cards: number;
            /** @description A card's title; 0 where cards have none and it goes before the description. */
            cardTitle: number;
            /** @description What a button carries back. */
            payload: number | null;
            /** @description Quick replies at once; on `kakaobiz` more of them become buttons. */
            quickReplies: number;
            /** @description What stands on a quick reply. */
            quickReplyLabel: number;
            /** @description One text; longer ones are divided. */
            text: number;
            /** @description A text longer than this is folded behind "전체 보기". */
            textFold: number | null;
            /** @description A text with buttons under it. */
            textWithButtons: number;
            /**
             * Format: int64
             * @description After so many milliseconds the person is told to wait; null where nobody hangs up.
             */
            waitingAfterMs: number | null;
        };
        /**
         * @description In what a channel's lengths are.
         * @enum {string}
         */
        ChannelMeasure: "characters" | "utf16";
        /** @description All channels. */
        Channels: {
            /** @description In the order in which they are shown. */
            channels: components["schemas"]["ChannelShape"][];
        };
        /** @description A channel. */
        ChannelShape: {
            /** @description Its name in files and calls. */
            id: components["schemas"]["ChannelId"];
            /** @description What it shows; of `kakaobiz` through Kakao's own protocol, since that hangs on a bot's relay. */
            limits: components["schemas"]["ChannelLimits"];
            /** @description In what its lengths are. */
            measure: components["schemas"]["ChannelMeasure"];
        };
        /** @description A conversation in the agents' list. */
        Chat: {
            /**
             * Format: int64
             * @description When an agent first answered.
             */
            answeredAt: number | null;
            /** @description The bot. */
            bot: string;
            /** @description What it is about: 대, 중, 소분류. */
            category: string[];
            /**
             * Format: int64
             * @description When the first agent came.
             */
            connectedAt: number | null;
            /** @description The newest consultation. */
            consultation: string | null;
            /**
             * Format: int64
             * @description When it began.
             */
            createdAt: number;
            /** @description … e-mail address. */
            email: string;
            /**
             * Format: int64
             * @description When it ended.
             */
            endedAt: number | null;
            /** @description Does the bot answer beside, by a flow that an agent has started? */
            flow: boolean;
            /** @description … gender, in words. */
            gender: string;
            /** @description Its id: the end user's. */
            id: string;
            /** @description Was it requested within operating hours? */
            inHours: boolean;
            /**
             * Format: int64
             * @description When something was last said.
             */
            lastAt: number;
            /** @description Who said it: `user`, `bot` or `agent`. */
            lastSender: string;
            /**
             * Format: int64
             * @description The number of the last message; -1 where there is none.
             */
            lastSeq: number;
            /** @description What, in one line. */
            lastText: string;
            /** @description Why it was missed: `cancelled`, `left` or `expired`. */
            missed: string | null;
            /** @description The end user's name, as agents wrote it down. */
            name: string;
            /** @description `call`, or `step-in` where an agent came by themselves. */
            origin: string;
            /** @description The agent whose it is; null in the queue and where none is open. */
            owner: string | null;
            /** @description … telephone number. */
            phone: string;
            /** @description The channel: `web`, `kakaobiz`. */
            platform: string;
            /** @description The agents in it. */
            present: string[];
            /** @description The agent who served this end user last. */
            previous: string | null;
            /**
             * Format: int64
             * @description When it was requested, or an agent stepped in.
             */
            requestedAt: number | null;
            room: components["schemas"]["ChatRoom"] | null;
            /** @description `bot`, `requested` (대기), `connected` (진행), `completed` (완료) or `missed` (놓침). */
            state: string;
            /** @description Tags. */
            tags: string[];
            /**
             * Format: int64
             * @description Messages of the end user that no agent has seen, while one is called or talks.
             */
            unread: number;
            /** @description What the channel calls the end user. */
            userKey: string;
            /**
             * Format: int64
             * @description Since when the end user waits for an agent's answer.
             */
            waitingSince: number | null;
        };
        /** @description A document to be sent. */
        ChatFile: {
            /** @description Its media type. */
            contentType: string;
            /** @description Its name. */
            name: string;
            /** @description In bytes. */
            size: number;
            /** @description Its address, to be named in a message: `{type: media, media: {contentType: link, uri, altText: name}}`. */
            url: string;
        };
        /** @description A conversation in full. */
        ChatInFull: components["schemas"]["Chat"] & {
            /** @description Can agents write on this channel from here? */
            answerable: boolean;
            /** @description What people call the bot. */
            botTitle: string;
            /** @description The conversation's params. */
            params: Record<string, unknown>;
        };
        /** @description Something that happened in a conversation, or a note. */
        ChatLine: {
            /**
             * Format: int64
             * @description It stands after the message of this number.
             */
            afterSeq: number;
            /** @description Whom it is about. */
            agent: string | null;
            /**
             * Format: int64
             * @description When.
             */
            at: number;
            /** @description Who did it; null for the end user, the bot and the rules. */
            by: string | null;
            /** @description More about it: `{text, mentions}` of a note, `{category}` of a request, `{why}` where it was missed. */
            data: Record<string, unknown>;
            /** @description Its id. */
            id: string;
            /**
             * @description `requested`, `assigned`, `connected`, `joined`, `left`, `transferred`, `flow-started`, `flow-stopped`, `completed`,
             *     `missed` or `note`.
             */
            kind: string;
        };
        /** @description A picture that can be sent. */
        ChatMedia: {
            /** @description Its media type. */
            contentType: string;
            /**
             * Format: int32
             * @description In pixels.
             */
            height: number;
            /** @description Its address. */
            url: string;
            /**
             * Format: int32
             * @description In pixels.
             */
            width: number;
        };
        /** @description A message. */
        ChatMessage: {
            /**
             * Format: int64
             * @description When.
             */
            at: number;
            /** @description The agent who wrote it. */
            author: string | null;
            /** @description The sender's id of it. */
            clientId: string | null;
            /** @description The message: `{type: text|media|cards|location, …}`. */
            data: Record<string, unknown>;
            /** @description On the way through a relay: what became of each of its bubbles. Empty on other channels. */
            deliveries: components["schemas"]["Delivery"][];
            /** @description `user`, `bot` or `agent`. */
            from: string;
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description Its number in the thread, from 0.
             */
            seq: number;
        };
        /** @description A customer's room at a messenger that gives and takes the permission to write. */
        ChatRoom: {
            /** @description Has an agent blocked the customer? */
            blocked?: boolean | null;
            /**
             * Format: int64
             * @description When the customer last wrote.
             */
            heardAt: number;
            /** @description May the company write? */
            open: boolean;
            /**
             * Format: int64
             * @description Up to when the customer has read.
             */
            seenAt?: number | null;
            /** @description The messenger's id of the session. */
            session: string;
            /**
             * Format: int64
             * @description When it began.
             */
            since: number;
            /**
             * Format: int64
             * @description When it ends by itself.
             */
            until: number;
            /** @description Why it ended, as the messenger's letters say: `EU`, `EC`, …; empty where it did not say. */
            why?: string | null;
        };
        /** @description What customers gave: an answer of a flow that sets the param `chat:score` to 1, 2, 3, 4 or 5 after a consultation. */
        ChatScores: {
            /**
             * Format: int32
             * @description How many gave one.
             */
            answers: number;
            /**
             * Format: int32
             * @description The average in hundredths: 450 is 4.5.
             */
            average: number | null;
            /** @description How often each was given, 1 first. */
            counts: number[];
        };
        /** @description The figures of a period. Times are in milliseconds. */
        ChatStats: {
            /** @description By agent: the last owner of each consultation. */
            agents: components["schemas"]["AgentStats"][];
            /**
             * Format: int64
             * @description From the call until an agent first wrote, on average over those where one did.
             */
            averageResponseMs: number | null;
            /**
             * Format: int64
             * @description From the call until the first agent came, on average over those that one came to.
             */
            averageWaitMs: number | null;
            /**
             * Format: int32
             * @description Of these, the ones that the customer took back.
             */
            cancelled: number;
            /**
             * Format: int32
             * @description … that an agent came to and that are over.
             */
            completed: number;
            /**
             * Format: int32
             * @description … that go on now.
             */
            connected: number;
            /** @description By day in the team's zone, each day of the period until today. */
            days: components["schemas"]["DayBucket"][];
            /**
             * Format: int32
             * @description … that closed by themselves because nobody came for so long.
             */
            expired: number;
            /** @description By hour of the day in the team's zone, 24 of them. */
            hours: components["schemas"]["WaitBucket"][];
            /**
             * Format: int32
             * @description Calls that were taken back within ten seconds where the team does not count these; they are in no other figure.
             */
            ignored: number;
            /**
             * Format: int32
             * @description … whose customer left.
             */
            left: number;
            /**
             * Format: int64
             * @description The longest wait of them.
             */
            longestWaitMs: number | null;
            /**
             * Format: int64
             * @description The time until then that half of them did not exceed.
             */
            medianResponseMs: number | null;
            /**
             * Format: int64
             * @description The wait that half of them did not exceed.
             */
            medianWaitMs: number | null;
            /**
             * Format: int32
             * @description … that nobody came to: taken back, left or expired.
             */
            missed: number;
            /**
             * Format: int64
             * @description … that nine of ten did not exceed.
             */
            p90ResponseMs: number | null;
            /**
             * Format: int64
             * @description The wait that nine of ten of them did not exceed.
             */
            p90WaitMs: number | null;
            /**
             * Format: int64
             * @description The wait that 95 of a hundred of them did not exceed.
             */
            p95WaitMs: number | null;
            /**
             * Format: int32
             * @description Completed by a thousand requested.
             */
            rate: number | null;
            /**
             * Format: int32
             * @description Calls of bots in the period, without those that were taken back at once where the team ignores these.
             */
            requested: number;
            /** @description What customers gave, in consultations of all kinds. */
            scores: components["schemas"]["ChatScores"];
            /**
             * Format: int32
             * @description Consultations that agents began by themselves; they are in no other figure but the agents'.
             */
            steppedIn: number;
            /**
             * Format: int32
             * @description Of these, the ones that wait now.
             */
            waiting: number;
            /** @description By weekday, Monday first. */
            weekdays: components["schemas"]["WaitBucket"][];
        };
        /** @description The figures of today so far, in the team's zone, and those of yesterday up to the same time. */
        ChatStatsToday: {
            /** @description Since midnight. */
            today: components["schemas"]["ChatStats"];
            /** @description Since the midnight before until this time of day; where it waits or goes on is as it stands now. */
            yesterday: components["schemas"]["ChatStats"];
        };
        /** @description What was found. */
        Checked: {
            /** @description In the order of the file, one channel after the other. */
            complaints: components["schemas"]["BotComplaint"][];
        };
        /**
         * @description How a check of the guide stands.
         * @enum {string}
         */
        CheckState: "waiting" | "ok" | "problem";
        /** @description A code that an authenticator shows. */
        CodeProof: {
            /** @description Six digits. */
            code: string;
        };
        /**
         * @description How bad a complaint is.
         * @enum {string}
         */
        ComplaintSeverity: "error" | "warning" | "note";
        /** @description How it ends. */
        Completion: {
            /**
             * Format: int64
             * @description The flow that goes on at once, other than the settings say.
             */
            flowId?: number | null;
        };
        /** @description What the dealer answered. */
        ConsultAnswer: {
            /** @description Did it do so? */
            done: boolean;
            trouble: components["schemas"]["Trouble"] | null;
        };
        /** @description What the dealer is asked to do. */
        ConsultAsk: {
            /** @description The work. */
            work: components["schemas"]["ConsultWork"];
        };
        /** @description A bot's ConsultationTalk to be. */
        ConsultBody: {
            /** @description Is it on? */
            enabled: boolean;
            /** @description The dealer's keys by their names; what is absent stays as it is, what is empty is taken away. */
            keys?: {
                [key: string]: string;
            };
            /** @description The relay. */
            relay: string;
            /** @description The sender profile's key. */
            senderKey: string;
            /** @description All else. */
            settings?: components["schemas"]["ConsultSettings"];
        };
        /** @description A bot's ConsultationTalk. */
        ConsultChannel: {
            /**
             * Format: int64
             * @description When a call to the dealer last went well.
             */
            calledAt: number | null;
            /** @description Was it ever set up? */
            configured: boolean;
            /** @description Is it on? */
            enabled: boolean;
            /** @description … and with what. */
            heard: string;
            /**
             * Format: int64
             * @description When the dealer last called.
             */
            heardAt: number | null;
            /** @description Which of the dealer's keys are there, by their names; their values are never shown again. */
            keys: string[];
            /** @description The address that the dealer registers as the receive domain; null before the first save. */
            receiveUrl: string | null;
            /** @description The relay: `native`, `happytalk-v1`, `happytalk-v3`, `dktechin` or `bizgo`. */
            relay: string;
            /** @description What the relays can do, each with `relay`, limits, and the keys that its dealer issues. */
            relays: Record<string, unknown>[];
            /** @description The sender profile's key (발신프로필 키). */
            senderKey: string;
            /** @description All else. */
            settings: components["schemas"]["ConsultSettings"];
            trouble: components["schemas"]["Trouble"] | null;
            /**
             * Format: int64
             * @description What the dealer told and is not yet taken up.
             */
            waiting: number;
        };
        /** @description One day. */
        ConsultDay: {
            /**
             * Format: int64
             * @description When it begins, in milliseconds UTC.
             */
            at: number;
            /**
             * Format: int64
             * @description Rooms that are charged.
             */
            rooms: number;
        };
        /** @description How a bot's ConsultationTalk is set up, but for its secrets. */
        ConsultSettings: {
            /**
             * @description What stands above buttons that find no room under a message.
             * @default
             */
            additionalChoice: string;
            /**
             * @description Addresses from which the relay calls, as `203.0.113.7` or `203.0.113.0/24`; any where there are none.
             * @default []
             */
            addresses: string[];
            /**
             * @description Another address of the relay; its own where empty.
             * @default
             */
            baseUrl: string;
            /**
             * @description The channel's id, as `@shop`: what start links are made of.
             * @default
             */
            channelId: string;
            /**
             * @description Files are copied from these hosts besides those that the relay is known for.
             * @default []
             */
            mediaHosts: string[];
            /**
             * @description Other paths of operations, by their names: for dealers who have their own.
             * @default {}
             */
            paths: {
                [key: string]: string;
            };
            /**
             * @description What is said in place of what the channel cannot show.
             * @default
             */
            unsupportedMedia: string;
        };
        /** @description The estimated cost of a month: rooms with at least one message of a bot or an agent, each once a day from 04:00 to 04:00. */
        ConsultUse: {
            /** @description By day. */
            days: components["schemas"]["ConsultDay"][];
            /**
             * Format: int64
             * @description All of them.
             */
            roomDays: number;
        };
        /**
         * @description What is asked of the dealer.
         * @enum {string}
         */
        ConsultWork: "activate" | "deactivate" | "receive";
        /** @description A conversation and its state. */
        Conversation: components["schemas"]["ConversationLine"] & {
            /** @description What the scenario keeps of it: params, position and what else there is. */
            state: Record<string, unknown>;
        };
        /** @description A conversation. */
        ConversationLine: {
            /** @description The channel. */
            channel: string;
            /**
             * Format: int64
             * @description Turns that ended with an error.
             */
            errors: number;
            /**
             * Format: int64
             * @description When they first wrote.
             */
            firstAt: number;
            /**
             * Format: int64
             * @description The message in which the words were found.
             */
            found?: number | null;
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description When they last wrote.
             */
            lastAt: number;
            /**
             * Format: int64
             * @description Messages, of both sides.
             */
            messages: number;
            /** @description What they said last. */
            said: string;
            /**
             * Format: int64
             * @description Turns.
             */
            turns: number;
            /** @description What the channel calls the person. */
            userKey: string;
        };
        /** @description How many conversations wait and go on. */
        Counts: {
            /** @description The bot. */
            bot: string;
            /**
             * Format: int64
             * @description Consultations in progress.
             */
            connected: number;
            /**
             * Format: int64
             * @description … of which these are nobody's.
             */
            queued: number;
            /**
             * Format: int64
             * @description Requests that wait.
             */
            requested: number;
        };
        /** @description What one signs in with. */
        Credentials: {
            /** @description A one-time code or a recovery code, where codes are on. */
            code?: string | null;
            /** @description The account's address. */
            email: string;
            /** @description Its password. */
            password: string;
        };
        /** @description A proof that one means this customer. */
        CustomerErasure: {
            /** @description What the channel calls the person, typed. */
            userKey: string;
        };
        /** @description Requests of a day. */
        DayBucket: components["schemas"]["WaitBucket"] & {
            /**
             * Format: int64
             * @description From the call until the first agent came, on average over those that one came to.
             */
            averageWaitMs: number | null;
            /**
             * Format: int32
             * @description An agent came, and it is over.
             */
            completed: number;
            /** @description The day: `2026-11-28`. */
            date: string;
            /**
             * Format: int32
             * @description Nobody came.
             */
            missed: number;
        };
        /** @description A proof that one means this bot. */
        Deletion: {
            /** @description The bot's title, typed. */
            title: string;
        };
        /** @description What became of one bubble of a message. */
        Delivery: {
            /**
             * Format: int64
             * @description When the relay took it.
             */
            at: number | null;
            /**
             * Format: int64
             * @description Which part of the message, from 0.
             */
            part: number;
            /** @description `waiting`, `sending`, `pending` (the relay tells later), `sent` or `failed`. */
            state: string;
            why: components["schemas"]["Trouble"] | null;
        };
        /** @description A bot's draft. */
        Draft: {
            /** @description The bot file as it stands: numbers keep their spelling. */
            file: Record<string, unknown>;
            /**
             * Format: int64
             * @description Counts its changes.
             */
            revision: number;
            /**
             * Format: int64
             * @description When the bot was last changed.
             */
            updatedAt: number;
        };
        /** @description A draft that was saved. */
        DraftKept: {
            /**
             * Format: int64
             * @description Its revision now.
             */
            revision: number;
            /** @description What is remarkable about the file. */
            warnings: components["schemas"]["Warning"][];
        };
        /** @description The data of one event: `presence` or `saved`. */
        DraftNews: components["schemas"]["EditorPeople"] | components["schemas"]["DraftSaved"];
        /** @description The draft was saved. */
        DraftSaved: {
            /** @description Who saved it. */
            name: string;
            /**
             * Format: int64
             * @description The draft's revision now.
             */
            revision: number;
            /** @description The editor that saved it; null where it was changed elsewhere (settings, an import). */
            session: string | null;
        };
        /** @description A draft to be saved. */
        DraftToSave: {
            /**
             * Format: int64
             * @description The revision on which it is based.
             */
            base: number;
            /** @description The whole bot file. Send it as it stands: numbers keep their spelling. */
            file: Record<string, unknown>;
        };
        /** @description Who is there. */
        EditorPeople: {
            /** @description All open editors, the caller's own among them. */
            people: components["schemas"]["EditorPresence"][];
        };
        /** @description Where an editor is. */
        EditorPlace: {
            /**
             * Format: int64
             * @description The flow that is shown.
             */
            flow?: number | null;
            /**
             * Format: int64
             * @description The node that is selected.
             */
            node?: number | null;
            /** @description Names this one of a person's open editors: 1 to 64 letters, digits, `-` or `_`. */
            session: string;
        };
        /** @description One open editor. */
        EditorPresence: {
            /** @description Whose it is. */
            accountId: string;
            /**
             * Format: int64
             * @description The flow they look at.
             */
            flow: number | null;
            /** @description What they are called. */
            name: string;
            /**
             * Format: int64
             * @description The node they have selected.
             */
            node: number | null;
            /** @description Where their picture is. */
            picture: string | null;
            /** @description Which of a person's open editors: chosen by the editor itself. */
            session: string;
        };
        /** @description What is to be checked. */
        FileToCheck: {
            /** @description A bot file as it stands; the stored draft where absent. */
            file?: Record<string, unknown> | null;
        };
        /** @description Whose password was forgotten. */
        Forgotten: {
            /** @description The account's address. */
            email: string;
        };
        /** @description A message that has the words that were searched for. */
        Found: {
            /**
             * Format: int64
             * @description Its number in the thread.
             */
            seq: number;
            /** @description The words, and some around them. */
            text: string;
        };
        /** @description What became of a file that was brought. */
        Imported: {
            /** @description New questions. */
            added: number;
            /** @description Questions that were there: they have the file's answers now. */
            changed: number;
            /** @description Rows that were left out, up to 50 of them. */
            skipped: components["schemas"]["Skipped"][];
        };
        /** @description What somebody sees who opens the link. */
        Invitation: {
            /** @description Does the address have an account? Then one signs in first. */
            accountExists: boolean;
            /** @description Who is invited. */
            email: string;
            /** @description What the inviter is called. */
            invitedBy: string;
            /** @description As what. */
            role: components["schemas"]["Role"];
            /** @description Into which workspace. */
            workspace: components["schemas"]["InvitingWorkspace"];
        };
        /** @description An invitation that waits. */
        Invite: {
            /**
             * Format: int64
             * @description When it was made.
             */
            createdAt: number;
            /** @description Who is invited. */
            email: string;
            /**
             * Format: int64
             * @description Until when its link is good.
             */
            expiresAt: number;
            /** @description Its id. */
            id: string;
            /** @description What the inviter is called. */
            invitedBy: string;
            /** @description As what. */
            role: components["schemas"]["Role"];
        };
        /** @description An invitation that was made just now. */
        InviteMade: components["schemas"]["Invite"] & {
            /** @description Its link, which is shown this once. */
            link: string;
            /** @description Was it sent by mail? */
            sent: boolean;
        };
        /** @description The workspace one is invited into. */
        InvitingWorkspace: {
            /** @description What people call it. */
            name: string;
            /** @description Where its picture is. */
            picture: string | null;
        };
        /** @description What is to change; what is left out stays. */
        KakaoChange: {
            /** @description Does it answer? */
            enabled?: boolean | null;
            header?: components["schemas"]["SecretHeader"] | null;
            /** @description No secret header is asked for any more. */
            removeHeader?: boolean | null;
        };
        /** @description The KakaoTalk channel of a bot. */
        KakaoChannel: {
            /** @description The guide's checks, in its order. */
            checks: components["schemas"]["KakaoCheck"][];
            /** @description The address for 테스트 URL: the draft answers. */
            draftUrl: string;
            /** @description Does it answer? */
            enabled: boolean;
            /**
             * Format: int64
             * @description When the first request came; null where none has.
             */
            firstAt: number | null;
            /** @description The name of the secret header; null where none is asked for. Its value is never shown. */
            headerName: string | null;
            last: components["schemas"]["RequestLine"] | null;
            /**
             * Format: int64
             * @description When the last request came.
             */
            lastAt: number | null;
            /** @description The address for URL of the skill: the published version answers. */
            liveUrl: string;
            /**
             * Format: int64
             * @description The version that answers.
             */
            liveVersion: number | null;
            /** @description What was seen: blocks and bots at Kakao, newest first. */
            seen: components["schemas"]["KakaoSeen"][];
        };
        /** @description One check of the guide. */
        KakaoCheck: {
            /** @description What was seen and what to do. */
            detail: string;
            /**
             * @description `request`, `ready`, `secret-header`, `fallback-block`, `welcome-block`, `other-blocks`, `skill-data`,
             *     `transform-function`, `deployed`, `bot-id`, `answer-time`, `violations` or `errors`.
             */
            id: string;
            /**
             * Format: int64
             * @description Since when, where something was seen.
             */
            since: number | null;
            /** @description How it stands. */
            state: components["schemas"]["CheckState"];
            /** @description What is checked, in the caller's language. */
            title: string;
        };
        /** @description Something that was seen of the channel's set-up. */
        KakaoSeen: {
            /** @description Did the draft answer? */
            draft: boolean;
            /**
             * Format: int64
             * @description When it was first seen.
             */
            firstAt: number;
            /**
             * Format: int64
             * @description When it was last seen.
             */
            lastAt: number;
            /** @description `operating`, `development`, `botTest`, `editorTest` or `unknown`. */
            mode: string;
            /** @description The block's name, or the bot's id at Kakao. */
            name: string;
            /**
             * Format: double
             * @description How long the slowest took.
             */
            slowestMs: number;
            /**
             * Format: int64
             * @description How often.
             */
            times: number;
            /**
             * Format: double
             * @description How long the last answer took, in milliseconds.
             */
            tookMs: number;
            /** @description `welcome`, `fallback`, `other` (blocks) or `bot`. */
            what: string;
        };
        /**
         * @description The language of a console.
         * @enum {string}
         */
        Language: "ko" | "en";
        /** @description A list that comes in pieces. */
        List_Agent: {
            /** @description The items of this piece. */
            items: components["schemas"]["Agent"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Answer: {
            /** @description The items of this piece. */
            items: components["schemas"]["Answer"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_AuditLine: {
            /** @description The items of this piece. */
            items: components["schemas"]["AuditLine"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_BotSummary: {
            /** @description The items of this piece. */
            items: components["schemas"]["BotSummary"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Canned: {
            /** @description The items of this piece. */
            items: components["schemas"]["Canned"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_ConversationLine: {
            /** @description The items of this piece. */
            items: components["schemas"]["ConversationLine"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Counts: {
            /** @description The items of this piece. */
            items: components["schemas"]["Counts"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Invite: {
            /** @description The items of this piece. */
            items: components["schemas"]["Invite"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_InviteMade: {
            /** @description The items of this piece. */
            items: components["schemas"]["InviteMade"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_ListedChat: {
            /** @description The items of this piece. */
            items: components["schemas"]["ListedChat"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_MarkedTurn: {
            /** @description The items of this piece. */
            items: components["schemas"]["MarkedTurn"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Member: {
            /** @description The items of this piece. */
            items: components["schemas"]["Member"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Mention: {
            /** @description The items of this piece. */
            items: components["schemas"]["Mention"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_PathTest: {
            /** @description The items of this piece. */
            items: components["schemas"]["PathTest"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_ProblemCount: {
            /** @description The items of this piece. */
            items: components["schemas"]["ProblemCount"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_RequestLine: {
            /** @description The items of this piece. */
            items: components["schemas"]["RequestLine"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_RunningChat: {
            /** @description The items of this piece. */
            items: components["schemas"]["RunningChat"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_SecretName: {
            /** @description The items of this piece. */
            items: components["schemas"]["SecretName"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_ShownPanel: {
            /** @description The items of this piece. */
            items: components["schemas"]["ShownPanel"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_SignIn: {
            /** @description The items of this piece. */
            items: components["schemas"]["SignIn"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_StatGroup: {
            /** @description The items of this piece. */
            items: components["schemas"]["StatGroup"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_StatNode: {
            /** @description The items of this piece. */
            items: components["schemas"]["StatNode"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Template: {
            /** @description The items of this piece. */
            items: components["schemas"]["Template"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_ThreadMessage: {
            /** @description The items of this piece. */
            items: components["schemas"]["ThreadMessage"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Version: {
            /** @description The items of this piece. */
            items: components["schemas"]["Version"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_Webhook: {
            /** @description The items of this piece. */
            items: components["schemas"]["Webhook"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A list that comes in pieces. */
        List_WebhookTry: {
            /** @description The items of this piece. */
            items: components["schemas"]["WebhookTry"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
        };
        /** @description A conversation of a list, and where it has what was searched for. */
        ListedChat: components["schemas"]["Chat"] & {
            found: components["schemas"]["Found"] | null;
        };
        /** @description A turn worth a look. */
        MarkedTurn: {
            /**
             * Format: int64
             * @description When it was.
             */
            at: number;
            /** @description The channel. */
            channel: string;
            /** @description The conversation that it is of. */
            conversation: string;
            /** @description The error, what was said, or what was cut. */
            said: string;
            /**
             * Format: double
             * @description How long it took, in milliseconds.
             */
            tookMs: number;
            /** @description The turn. */
            turn: string;
        };
        /** @description Who is signed in. */
        Me: {
            /** @description Is it the account that looks around in the demo? */
            demo: boolean;
            /** @description Where mail goes. */
            email: string;
            /** @description The account's id. */
            id: string;
            /** @description The language of their console. */
            language: components["schemas"]["Language"];
            /** @description What the person is called. */
            name: string;
            /** @description Where their picture is. */
            picture: string | null;
            /** @description How it looks. */
            theme: components["schemas"]["Theme"];
            /** @description Are one-time codes asked for? */
            totp: boolean;
            /** @description The workspaces they are members of. */
            workspaces: components["schemas"]["Workspace"][];
        };
        /** @description What is to change; what is left out stays. */
        MeChange: {
            language?: components["schemas"]["Language"] | null;
            /** @description What the person is called. */
            name?: string | null;
            theme?: components["schemas"]["Theme"] | null;
        };
        /** @description A member of a workspace. */
        Member: {
            /** @description Where mail goes. */
            email: string;
            /** @description The account's id. */
            id: string;
            /**
             * Format: int64
             * @description When they were last seen, to the minute.
             */
            lastSeenAt: number | null;
            /** @description What the person is called. */
            name: string;
            /** @description Where their picture is. */
            picture: string | null;
            /** @description What they may do. */
            role: components["schemas"]["Role"];
        };
        /** @description A note that mentions the caller. */
        Mention: {
            /**
             * Format: int64
             * @description When it was written.
             */
            at: number;
            /** @description Who wrote it. */
            by: string | null;
            /** @description In which conversation. */
            chat: components["schemas"]["Chat"];
            /** @description The note's id. */
            line: string;
            /** @description Has the caller seen it? */
            seen: boolean;
            /** @description What it says. */
            text: string;
        };
        /** @description What an agent changes of themselves; what is absent stays. */
        Mine: {
            /** @description No requests for now? */
            away?: boolean | null;
            /** @description Favourite flows, notifications and the like: an object that the console makes and reads. */
            settings?: Record<string, unknown> | null;
        };
        /**
         * @description A file of a bot by its place.
         * @enum {string}
         */
        NamedSource: "draft" | "live";
        /** @description A bot to be made: from a template, or from a file. */
        NewBotBody: {
            /** @description A bot or flow file. Send it as it stands: numbers keep their spelling. */
            file?: Record<string, unknown> | null;
            /** @description The template's id. */
            template?: string | null;
            /** @description What it is to be called; else as the file says. */
            title?: string | null;
        };
        /** @description A bridge to be made. */
        NewBridge: {
            options?: components["schemas"]["BridgeOptions"] | null;
            /** @description What people call the bot. */
            title: string;
            /** @description The old server's base address. */
            url: string;
        };
        /** @description What an agent says. */
        NewChatMessage: {
            /** @description The console's id of it: sent again with the same id it is the same message. */
            clientId: string;
            /** @description The message: `{type: "text", text}` or another kind of message. */
            data: Record<string, unknown>;
        };
        /** @description Who is to be invited. */
        NewInvites: {
            /** @description Their addresses, 20 at most. */
            emails: string[];
            /** @description As what. */
            role: components["schemas"]["Role"];
        };
        /** @description Who becomes the owner. */
        NewOwner: {
            /** @description Where mail goes. */
            email: string;
            /** @description The language of their console. */
            language: components["schemas"]["Language"];
            /** @description What the person is called. */
            name: string;
            /** @description Ten characters or more. */
            password: string;
            /** @description What the workspace is called. */
            workspace: string;
        };
        /** @description What it is called. */
        NewWorkspace: {
            /** @description What people call it. */
            name: string;
        };
        /** @description A note for colleagues. */
        Note: {
            /** @description Members who are mentioned in it. */
            mentions?: string[];
            /** @description What it says. */
            text: string;
        };
        /** @description The password that is and the one that is to be. */
        PasswordChange: {
            /** @description The password that is. */
            current: string;
            /** @description The one that is to be. */
            next: string;
        };
        /** @description A proof that it is really the account's owner who sits there. */
        PasswordProof: {
            /** @description The account's password. */
            password: string;
        };
        /** @description One act and the answer that it had. */
        PathStep: {
            /** @description The answer, as the preview gave it. */
            answer: Record<string, unknown>;
            /** @description What is done. */
            event: components["schemas"]["TriedEvent"];
            /** @description What the world said, as the preview gave it. */
            replies?: Record<string, unknown>[];
        };
        /** @description What became of one step. */
        PathStepResult: {
            /** @description What differs, in words. */
            difference: string | null;
            /** @description The answer that it had. */
            expected: Record<string, unknown>;
            /** @description The answer that it got. */
            got: Record<string, unknown>;
            /** @description Did it get the answer that it had? */
            passed: boolean;
        };
        /** @description A path test. */
        PathTest: components["schemas"]["PathTestParts"] & {
            /**
             * Format: int64
             * @description When it was made.
             */
            createdAt: number;
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description When it was last changed.
             */
            updatedAt: number;
        };
        /** @description What is to change; what is left out stays. */
        PathTestChange: {
            channel?: components["schemas"]["ChannelId"] | null;
            /** @description What people call it. */
            name?: string | null;
            person?: components["schemas"]["TriedPerson"] | null;
            /** @description What is said and answered: how the answers of today are taken over, too. */
            steps?: components["schemas"]["PathStep"][] | null;
        };
        /** @description A file of path tests. */
        PathTestFile: {
            /** @description The bot on which they were recorded: scripts and templates may read its id. */
            botId?: string | null;
            /** @description The tests. */
            tests: components["schemas"]["PathTestParts"][];
        };
        /** @description The parts of a path test as the store and files hold them. */
        PathTestParts: {
            /** @description On which channel it is played. */
            channel: components["schemas"]["ChannelId"];
            /** @description What people call it. */
            name: string;
            /** @description Who talks to the bot. */
            person?: components["schemas"]["TriedPerson"];
            /** @description What is said and answered, in order. */
            steps: components["schemas"]["PathStep"][];
        };
        /** @description What became of one test. */
        PathTestResult: {
            /** @description The test. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description Did every step get the answer that it had? */
            passed: boolean;
            /** @description Its steps, in order; empty where there was no time for it. */
            steps: components["schemas"]["PathStepResult"][];
        };
        /** @description What became of the tests. */
        PathTestResults: {
            /** @description In the order of the list. */
            results: components["schemas"]["PathTestResult"][];
        };
        /** @description What is to be played. */
        PathTestsToRun: {
            /** @description Which tests; all where absent. */
            ids?: string[] | null;
            source?: components["schemas"]["BotSource"] | null;
        };
        /** @description Where a picture is now. */
        PictureAt: {
            /** @description Its address. */
            picture: string | null;
        };
        /**
         * Format: binary
         * @description The bytes of a picture.
         */
        PictureBytes: string;
        /** @description How a bot behaves beyond its flows. */
        Preference: {
            /** @description How conversations begin and go on. */
            sessionBehavior: components["schemas"]["SessionBehavior"];
            /** @description What it says by itself. */
            systemMessage: components["schemas"]["SystemMessage"];
        };
        /** @description What is to change; what is left out stays. */
        PreferenceChange: {
            sessionBehavior?: components["schemas"]["SessionBehaviorChange"] | null;
            systemMessage?: components["schemas"]["SystemMessageChange"] | null;
        };
        /** @description What became of an act. */
        Preview: {
            agentCall: components["schemas"]["PreviewAgentCall"] | null;
            /**
             * @description The answer as the channel would get it: of `kakao` a skill response 2.0, of `web` `{frames}`, those that a page gets
             *     (docs/webchat.md), of `kakaobiz` `{relay, calls: [{method, url, headers?, body}]}`, the calls that the bot's relay gets
             *     (that of Kakao's own protocol where it has none), with pictures where the bot has them: nothing is uploaded.
             */
            answer: Record<string, unknown>;
            /** @description What they would see now. */
            context: Record<string, unknown>;
            /** @description What templates and conditions saw before the act. */
            contextBefore: Record<string, unknown>;
            /** @description Why the scenario failed; its error message is in the answer then. */
            fault: string | null;
            /** @description What the channel shows otherwise than the bot says it. */
            marks: components["schemas"]["PreviewMark"][];
            /** @description What the world said, time and chance included: a path test keeps it to play this act again. */
            replies: Record<string, unknown>[];
            /** @description The request as the channel would have sent it. */
            request: Record<string, unknown>;
            /** @description For the next act; its shape is nobody's business. */
            state: Record<string, unknown>;
            /**
             * Format: int64
             * @description How long it took.
             */
            tookMs: number;
            /** @description What happened: `{from?, visits: [{flow, node, kind, edge?, data?, changed?, sent?, error?, waitedMs?}], fault?}`. */
            trace: Record<string, unknown>;
        };
        /** @description One act of a person who tries a bot. */
        PreviewAct: {
            /** @description On which channel. */
            channel: components["schemas"]["ChannelId"];
            /** @description What is done. */
            event: components["schemas"]["TriedEvent"];
            /** @description By whom; counts where a conversation begins. */
            person?: components["schemas"]["TriedPerson"];
            source?: components["schemas"]["BotSource"] | null;
            /**
             * @description What the act before left; null where a conversation begins. To go back to an earlier answer is to send its state
             *     again.
             */
            state?: Record<string, unknown> | null;
        };
        /** @description An agent was called, and nobody comes. */
        PreviewAgentCall: {
            /** @description What stands on the button. */
            label: string;
            /** @description What the person is told. */
            message: Record<string, unknown> | null;
            /** @description Why it cannot be tried here. */
            reason: string;
        };
        /** @description One thing that the channel shows otherwise. */
        PreviewMark: {
            /** @description The bubble of the whole answer, from 0; those past the answer's last wait behind "더보기". */
            bubble?: number | null;
            /** @description A stable name: `text-divided`, `label-cut`, `buttons-moved`, `held`, `slow`, … */
            code: string;
            /** @description What happens, and why. */
            message: string;
        };
        /** @description A problem as it is sent (RFC 9457). */
        Problem: {
            /** @description What happened here and what to do. */
            detail: string;
            /** @description Which values are not as they should be. */
            errors?: components["schemas"]["ProblemField"][];
            /** @description Names this one occurrence; it stands in the log where the fault is ours. */
            instance: string;
            role?: components["schemas"]["Role"] | null;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The kind in words. */
            title: string;
            /** @description Which kind it is: `/problems/` and a stable name (docs/api.md lists all). */
            type: string;
        };
        /** @description How many lines have a problem. */
        ProblemCount: {
            /** @description The problem's stable name. */
            code: string;
            /**
             * Format: int64
             * @description How many requests have it first.
             */
            count: number;
        };
        /** @description One value that is not as it should be. */
        ProblemField: {
            /** @description A stable name of what is wrong there. */
            code?: string | null;
            /** @description What and why. */
            detail: string;
            /** @description The field of the node, flow or file: `next[0].nodeId`. */
            field?: string | null;
            /**
             * Format: int64
             * @description The flow's id, where the value stands in a bot file.
             */
            flow?: number | null;
            /**
             * Format: int64
             * @description The node's id in its flow.
             */
            node?: number | null;
            /** @description Where, as a JSON pointer; empty for the whole. */
            pointer: string;
        };
        /** @description What agents write down about an end user; what is absent stays. */
        Profile: {
            /** @description What it is about: 대, 중, 소분류, from the outside in. */
            category?: string[] | null;
            /** @description The e-mail address. */
            email?: string | null;
            /** @description The gender, in words. */
            gender?: string | null;
            /** @description The name. */
            name?: string | null;
            /** @description The telephone number. */
            phone?: string | null;
            /** @description All tags. */
            tags?: string[] | null;
        };
        /** @description The version that answers now. */
        Published: {
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
        /** @description How the draft is published. */
        Publishing: {
            /** @description Why, for those who look at the versions later: at most 1,000 characters. */
            note?: string | null;
            /**
             * Format: int64
             * @description The draft must still be at this revision; whatever it is at where absent.
             */
            revision?: number | null;
        };
        /** @description How a workspace's records are counted and kept. */
        Records: {
            /**
             * Format: int64
             * @description Days for which messages are kept; null for as long as the workspace exists.
             */
            messagesDays: number | null;
            /**
             * Format: int64
             * @description Days for which the log of requests is kept.
             */
            requestsDays: number;
            /**
             * Format: int64
             * @description Days for which traces of turns and the answers as they were sent are kept.
             */
            tracesDays: number;
            /** @description The zone of days in statistics, by its IANA name. */
            zone: string;
        };
        /** @description What is to change; what is left out stays. */
        RecordsChange: {
            /**
             * Format: int64
             * @description Days for which messages are kept; 0 for as long as the workspace exists.
             */
            messagesDays?: number | null;
            /**
             * Format: int64
             * @description Days for which the log of requests is kept.
             */
            requestsDays?: number | null;
            /**
             * Format: int64
             * @description Days for which traces of turns are kept.
             */
            tracesDays?: number | null;
            /** @description The zone of days in statistics, by its IANA name. */
            zone?: string | null;
        };
        /** @description Codes for the day when the phone is lost. */
        RecoveryCodes: {
            /** @description Each works once; they are never shown again. */
            recoveryCodes: string[];
        };
        /** @description A request of KakaoTalk and how it was answered. */
        RequestLine: {
            /**
             * Format: int64
             * @description When it came.
             */
            at: number;
            /** @description The block's name. */
            block: string;
            /** @description Did the draft answer? */
            draft: boolean;
            /** @description Is there a turn to look at? */
            hasTurn: boolean;
            /** @description Its id; the turn that it began has the same. */
            id: string;
            /** @description The kind of block: `welcome`, `fallback`, `other`, or empty. */
            kind: string;
            /** @description `operating`, `development`, `botTest`, `editorTest` or `unknown`. */
            mode: string;
            /** @description What went wrong, first things first. */
            problems: components["schemas"]["RequestProblem"][];
            /** @description Kakao's id of the request. */
            requestId: string | null;
            /**
             * Format: int64
             * @description Bytes of the request.
             */
            size: number;
            /**
             * Format: int64
             * @description The HTTP status of the answer.
             */
            status: number;
            /**
             * Format: double
             * @description How long the answer took, in milliseconds.
             */
            tookMs: number;
            /** @description What KakaoTalk calls the person. */
            userKey: string | null;
        };
        /** @description A request with its raw pair. */
        RequestPair: components["schemas"]["RequestLine"] & {
            /** @description What was answered, as text, after masking. */
            answer: string | null;
            /** @description The answer that came after it. */
            late: string | null;
            /** @description What came, as text; null where it is not kept: bot tests are remembered for a short while only. */
            request: string | null;
        };
        /** @description What went wrong with a request. */
        RequestProblem: {
            /** @description A stable name: that of a finding or of a problem with requests, `fault`, `cut` or `slow`. */
            code: string;
            /** @description What happened. */
            detail?: string;
            /** @description Where in the request, as a JSON pointer. */
            place?: string;
        };
        /** @description A new password by a link. */
        Reset: {
            /** @description The new password. */
            password: string;
            /** @description The token of the link. */
            token: string;
        };
        /**
         * @description What one may do in a workspace; each includes those before it.
         * @enum {string}
         */
        Role: "readonly" | "editor" | "admin" | "owner";
        /** @description What a member is to be. */
        RoleChange: {
            /** @description The role that is to be. */
            role: components["schemas"]["Role"];
        };
        /** @description Whether the customer is kept out. */
        RoomBlock: {
            /** @description Kept out, or let in again. */
            blocked: boolean;
        };
        /** @description The question for name and telephone number. */
        RoomConsent: {
            /** @description The console's id of it: sent again with the same id it is the same question. */
            clientId: string;
        };
        /** @description How the session ends. */
        RoomEnd: {
            /** @description The event with which the channel's other bot goes on: letters, digits and `_`; null where nobody does. */
            event?: string | null;
        };
        /** @description A conversation in which a bot answers now. */
        RunningChat: components["schemas"]["Chat"] & {
            /**
             * Format: int64
             * @description The flow in which it is; null before it began.
             */
            flowId: number | null;
            /** @description … what it is called. */
            flowTitle: string;
            /**
             * Format: int64
             * @description The node at which it rests.
             */
            nodeId: number | null;
            /** @description … what it is called. */
            nodeTitle: string;
        };
        /** @description Why a script failed. */
        ScriptError: {
            /** @description What happened. */
            message: string;
            /** @description The error's name: `TypeError`, `TimeoutError`, … */
            name: string;
            /** @description Where, with the script's lines. */
            stack: string;
        };
        /** @description A line on a script's console. */
        ScriptLog: {
            /** @description `debug`, `info`, `log`, `warn` or `error`. */
            level: string;
            /** @description The line. */
            text: string;
        };
        /** @description How a script ended. */
        ScriptRan: {
            error?: components["schemas"]["ScriptError"] | null;
            /** @description What it wrote on its console. */
            logs: components["schemas"]["ScriptLog"][];
            /** @description What it gave, where it ended well. */
            result?: Record<string, unknown> | null;
            /**
             * Format: int64
             * @description How long it took.
             */
            tookMs: number;
        };
        /** @description A script to be run once. */
        ScriptToRun: {
            /** @description The handler's first argument. */
            context?: Record<string, unknown>;
            /** @description Its source. */
            script: string;
        };
        /** @description A secret header, as it is typed into 헤더값 입력. */
        SecretHeader: {
            /** @description Its name. */
            name: string;
            /** @description Its value; kept as a hash only. */
            value: string;
        };
        /** @description A secret, without its value. */
        SecretName: {
            /** @description What it is called. */
            name: string;
            /**
             * Format: int64
             * @description When it was last set.
             */
            updatedAt: number;
        };
        /** @description Up to where a thread was seen. */
        Seen: {
            /**
             * Format: int64
             * @description The number of the last message that was seen.
             */
            seq: number;
        };
        /** @description Up to where the caller has seen them. */
        SeenMentions: {
            /** @description The newest note that they have seen. */
            line: string;
        };
        /** @description A message that was sent. */
        Sent: {
            /** @description The conversation after it. */
            chat: components["schemas"]["Chat"];
            /**
             * Format: int64
             * @description Its number in the thread.
             */
            seq: number;
        };
        /** @description How conversations begin and go on. */
        SessionBehavior: {
            /** @description Who comes back goes on where they stood. */
            restoreNavigation: boolean;
            /** @description A first message without a conversation is answered with the entry flow. */
            welcomeOnMessageWithoutSession: boolean;
            /** @description Opening the room is answered with the entry flow. */
            welcomeOnSessionStart: boolean;
        };
        /** @description What is to change; what is left out stays. */
        SessionBehaviorChange: {
            /** @description Who comes back goes on where they stood. */
            restoreNavigation?: boolean | null;
            /** @description A first message without a conversation is answered with the entry flow. */
            welcomeOnMessageWithoutSession?: boolean | null;
            /** @description Opening the room is answered with the entry flow. */
            welcomeOnSessionStart?: boolean | null;
        };
        /** @description Something of the business's own beside a conversation. */
        ShownPanel: {
            /** @description Why it cannot be shown; null where it can. */
            error: string | null;
            /** @description HTML, to be shown as a frame's `srcdoc` with this `sandbox`; null where it is a page. */
            html: string | null;
            /** @description The frame's `sandbox`. */
            sandbox: string;
            /** @description What it is called. */
            title: string;
            /**
             * @description The page, to be shown in a frame with this `sandbox`; null where it is a text. `context` and `signature` are at the
             *     end of its query (docs/live.md).
             */
            url: string | null;
        };
        /** @description Where one is signed in. */
        SignIn: {
            /** @description Where it last came from. */
            address: string;
            /**
             * Format: int64
             * @description When it was made.
             */
            createdAt: number;
            /** @description Is it the caller's own? */
            current: boolean;
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description When someone last came with it.
             */
            lastSeenAt: number;
            /** @description What the browser calls itself. */
            userAgent: string;
        };
        /** @description So long without a customer is too long. */
        SilentRule: {
            /**
             * Format: int64
             * @description After how many hours.
             */
            hours: number;
            /** @description Is it watched? */
            on: boolean;
        };
        /** @description A row that was left out. */
        Skipped: {
            /** @description Its number in the file, from 1. */
            row: number;
            /** @description Why. */
            why: string;
        };
        /** @description Where the bot is to go on. */
        StartFlow: {
            /**
             * Format: int64
             * @description The flow.
             */
            flowId: number;
            /**
             * Format: int64
             * @description The node; the flow's entry where absent.
             */
            nodeId?: number | null;
        };
        /** @description A link, a code and a button with which customers begin. */
        StartLink: {
            /** @description … as a button for a web page: HTML. */
            html: string;
            /** @description … as a QR code: an SVG drawing. */
            qr: string;
            /** @description The link. */
            url: string;
        };
        /** @description One channel. */
        StatChannel: components["schemas"]["StatFigures"] & {
            /** @description `kakao`, `kakao-development`, `web`, `kakaobiz`. */
            channel: string;
            /**
             * Format: int64
             * @description Active users, each counted once.
             */
            users: number;
        };
        /** @description One day. */
        StatDay: components["schemas"]["StatFigures"] & {
            /** @description `2026-11-01`. */
            day: string;
            /**
             * Format: int64
             * @description … of whom wrote for the first time.
             */
            newUsers: number;
            /**
             * Format: int64
             * @description … and of whom had been there before.
             */
            returningUsers: number;
            /**
             * Format: int64
             * @description Active users, each counted once.
             */
            users: number;
        };
        /** @description What a page must know before anyone is signed in. */
        StateOfServer: {
            /** @description There is a demo to look around in, without an account. */
            demo: boolean;
            /** @description Can the server send mail? */
            mail: boolean;
            /** @description There is no account yet. */
            setup: boolean;
            /** @description The caller is signed in. */
            signedIn: boolean;
            /** @description The version of the server. */
            version: string;
        };
        /** @description Figures of some time. */
        StatFigures: {
            /**
             * Format: double
             * @description How long a turn took on average, in milliseconds; null without turns.
             */
            averageMs: number | null;
            /**
             * Format: int64
             * @description Messages of the bot.
             */
            botMessages: number;
            /**
             * Format: int64
             * @description Answers that lost something for KakaoTalk's limits.
             */
            cuts: number;
            /**
             * Format: int64
             * @description Turns that ended with an error.
             */
            errors: number;
            /**
             * Format: int64
             * @description Messages, of both sides.
             */
            messages: number;
            /**
             * Format: int64
             * @description Turns of 3 seconds or longer.
             */
            slow: number;
            /**
             * Format: double
             * @description How long the slowest turn took.
             */
            slowestMs: number;
            /**
             * Format: int64
             * @description Turns.
             */
            turns: number;
            /**
             * Format: int64
             * @description Turns that the scenario had no answer to.
             */
            unanswered: number;
            /**
             * Format: int64
             * @description Messages of people.
             */
            userMessages: number;
        };
        /** @description Turns with the same sentence. */
        StatGroup: {
            /**
             * Format: int64
             * @description When the last was.
             */
            lastAt: number;
            /** @description The error, or what was said. */
            said: string;
            /**
             * Format: int64
             * @description How many turns.
             */
            times: number;
        };
        /** @description A node that made people wait, or failed. */
        StatNode: {
            /**
             * Format: double
             * @description How long it waited on average, in milliseconds.
             */
            averageMs: number;
            /**
             * Format: int64
             * @description How often it failed.
             */
            failed: number;
            /**
             * Format: int64
             * @description The flow's id.
             */
            flow: number;
            /** @description The flow's title in the draft; null where it is gone. */
            flowTitle: string | null;
            /** @description The node's type. */
            kind: string;
            /**
             * Format: int64
             * @description The node's id.
             */
            node: number;
            /** @description The node's label in the draft; null where it is gone. */
            nodeLabel: string | null;
            /**
             * Format: int64
             * @description How long it waited at most.
             */
            slowestMs: number;
            /**
             * Format: int64
             * @description How often it asked the world or failed.
             */
            times: number;
        };
        /** @description Statistics of a bot. */
        Stats: {
            /** @description The channels that were used in it, the development channel among them. */
            channels: components["schemas"]["StatChannel"][];
            /** @description Every day of it, also those without turns. */
            days: components["schemas"]["StatDay"][];
            /** @description The first day. */
            from: string;
            /** @description The last day. */
            to: string;
            /** @description The whole period. */
            total: components["schemas"]["StatTotal"];
            /** @description The zone of the days, by its IANA name. */
            zone: string;
        };
        /** @description A whole period. */
        StatTotal: components["schemas"]["StatFigures"] & {
            /**
             * Format: int64
             * @description Conversations.
             */
            conversations: number;
            /**
             * Format: double
             * @description Messages of a conversation on average; null without conversations.
             */
            messagesPerConversation: number | null;
            /**
             * Format: int64
             * @description … of whom wrote for the first time.
             */
            newUsers: number;
            /**
             * Format: int64
             * @description … and of whom had been there before.
             */
            returningUsers: number;
            /**
             * Format: int64
             * @description Active users, each counted once.
             */
            users: number;
        };
        /** @description An answer that fits. */
        Suggestion: {
            /** @description The answer. */
            answer: string;
            /** @description The workspace's own answer; null where the server of the business suggests it. */
            id: string | null;
            /**
             * Format: int32
             * @description How alike the questions are, of a thousand; null where the server of the business suggests it.
             */
            likeness: number | null;
            /** @description The question that it answers. */
            question: string;
        };
        /** @description Answers that fit. */
        Suggestions: {
            /** @description To what. */
            asked: string;
            /** @description The best first. */
            items: components["schemas"]["Suggestion"][];
            /** @description Why the server of the business did not answer; null where it did, or none is set. */
            outside: string | null;
        };
        /** @description What a bot says by itself; templates. */
        SystemMessage: {
            /** @description Over buttons that need a message of their own. */
            additionalChoice: string;
            /** @description When a turn says nothing. */
            empty: string;
            /** @description When a turn fails. */
            error: string;
            /** @description The button that fetches the rest. */
            more: string;
            /** @description In place of a medium that the channel cannot show. */
            unsupportedMedia: string;
            /** @description When the answer takes longer. */
            waiting: string;
            /** @description The button that fetches it then. */
            waitingButton: string;
        };
        /** @description What is to change; what is left out stays. */
        SystemMessageChange: {
            /** @description Over buttons that need a message of their own. */
            additionalChoice?: string | null;
            /** @description When a turn says nothing. */
            empty?: string | null;
            /** @description When a turn fails. */
            error?: string | null;
            /** @description The button that fetches the rest. */
            more?: string | null;
            /** @description In place of a medium that the channel cannot show. */
            unsupportedMedia?: string | null;
            /** @description When the answer takes longer. */
            waiting?: string | null;
            /** @description The button that fetches it then. */
            waitingButton?: string | null;
        };
        /** @description A bot to begin with. */
        Template: {
            /** @description What it is for. */
            description: string;
            /** @description How many flows it has. */
            flows: number;
            /** @description Its id. */
            id: string;
            /** @description What it is called, in the caller's language. */
            title: string;
        };
        /** @description What is wrong with a template. */
        TemplateMistake: {
            /** @description Where. */
            at: components["schemas"]["TemplatePlace"];
            /** @description What it is, with its place in words. */
            message: string;
        };
        /** @description A place in a template. */
        TemplatePlace: {
            /** @description From 1, in characters. */
            column: number;
            /** @description From 1. */
            line: number;
        };
        /** @description What became of a template: a text, or why there is none. */
        TemplateRendered: {
            error?: components["schemas"]["TemplateMistake"] | null;
            /** @description The text. */
            text?: string | null;
        };
        /** @description A template to be rendered. */
        TemplateToRender: {
            /** @description What it sees: the context of a conversation. */
            context?: Record<string, unknown>;
            /** @description It stands in an HTTP node, where `SECRET` may be used; the names of secrets are shown, never their values. */
            secrets?: boolean;
            /** @description Its source. */
            template: string;
        };
        /**
         * @description How a console looks.
         * @enum {string}
         */
        Theme: "light" | "dark" | "system";
        /** @description A part of a thread. */
        Thread: {
            /** @description What happened beside them; agents alone see it. */
            lines: components["schemas"]["ChatLine"][];
            /** @description Messages, oldest first. */
            messages: components["schemas"]["ChatMessage"][];
            /** @description Are there older ones? */
            more: boolean;
        };
        /** @description A message of a thread. */
        ThreadMessage: {
            /**
             * Format: int64
             * @description When it was said.
             */
            at: number;
            /** @description The message, as bots write messages. */
            data: Record<string, unknown>;
            /** @description Its id. */
            id: string;
            /** @description Did the person say it? */
            isUser: boolean;
            /** @description `user`, `bot` or `agent`. */
            sender: string;
            /**
             * Format: int64
             * @description Its number in the thread, from 0.
             */
            seq: number;
            /** @description The turn that it is of; its trace can be looked at while it is kept. */
            turn: string;
            /** @description Conversations are cut where somebody was silent for long; messages of one have the same here. */
            visit: string;
        };
        /** @description What an authenticator must know. */
        TotpProposal: {
            /** @description To be read by the phone's camera: an SVG drawing. */
            qr: string;
            /** @description To be typed. */
            secret: string;
            /** @description To be opened on the phone. */
            uri: string;
        };
        /** @description To whom. */
        Transfer: {
            /** @description The agent; null: back into the queue. */
            to?: string | null;
        };
        /** @description What a person does. */
        TriedEvent: {
            /** @enum {string} */
            type: "start";
        } | (components["schemas"]["TriedMessage"] & {
            /** @enum {string} */
            type: "message";
        }) | {
            /**
             * Format: int64
             * @description The flow.
             */
            flow: number;
            /**
             * Format: int64
             * @description The node; the flow's entry where absent.
             */
            node?: number | null;
            /** @enum {string} */
            type: "goto";
        };
        /** @description A place that a person sends. */
        TriedLocation: {
            /**
             * Format: double
             * @description Degrees north.
             */
            latitude: number;
            /**
             * Format: double
             * @description Degrees east.
             */
            longitude: number;
        };
        /** @description A picture that a person sends. */
        TriedMedia: {
            /** @description `image` where absent. */
            contentType?: string | null;
            /** @description Where it is. */
            uri: string;
        };
        /** @description What a person sends. */
        TriedMessage: {
            /** @description The pressed button or quick reply, exactly as the answer gave it. */
            button?: Record<string, unknown> | null;
            /** @default null */
            location: components["schemas"]["TriedLocation"] | null;
            /** @default null */
            media: components["schemas"]["TriedMedia"] | null;
            /**
             * @description What a pressed button carries.
             * @default null
             */
            payload: string | null;
            /**
             * @description What is typed, or the label of what is pressed.
             * @default null
             */
            text: string | null;
        };
        /** @description Who tries; counts where a conversation begins. */
        TriedPerson: {
            /** @description Params that are known of them. */
            params?: Record<string, unknown>;
            /**
             * @description They were here before, and come back.
             * @default false
             */
            returning: boolean;
            /**
             * @description What the channel calls them.
             * @default null
             */
            userKey: string | null;
        };
        /** @description Why a call of a relay failed. */
        Trouble: {
            /** @description What kind of trouble: `closed`, `config`, `blocked`, `transient`, …. */
            class: string;
            /** @description The relay's own code. */
            code: string;
            /** @description … and in English. */
            en: string;
            /** @description What happened and what one can do, in Korean. */
            ko: string;
            /** @description The relay's own words. */
            said: string;
        };
        /** @description One turn, for the inspector. */
        TurnDetail: {
            /** @description The answer as it was sent, as text, after masking. */
            answer: string;
            /**
             * Format: int64
             * @description When its request came.
             */
            at: number;
            /** @description The channel's block. */
            block: string | null;
            /** @description The conversation that it is of. */
            conversation: string;
            /** @description Why the scenario failed. */
            fault: string | null;
            /** @description Its id. */
            id: string;
            /** @description The answer that came after it. */
            late: string | null;
            /** @description What was said in it. */
            messages: components["schemas"]["ThreadMessage"][];
            /** @description The channel's mode, such as `operating`. */
            mode: string;
            /** @description The request as it came, as text; null where it is not kept any longer. */
            request: string | null;
            /** @description The channel's id of the request. */
            requestId: string | null;
            /**
             * Format: double
             * @description How long it took, in milliseconds.
             */
            tookMs: number;
            /** @description What happened, node by node: `from` and `visits` with data after templates, what changed in the context, time waited. */
            trace: Record<string, unknown> | null;
            /**
             * Format: int64
             * @description The version that answered; 0 for the draft.
             */
            version: number;
        };
        /** @description A word that people typed. */
        TypedWord: {
            /**
             * Format: int64
             * @description How often.
             */
            times: number;
            /** @description The word. */
            word: string;
        };
        /** @description A button that nobody has pressed. */
        UnpressedButton: {
            /** @description What stands on it. */
            button: string;
            /** @description The flow that shows it. */
            flow: string;
        };
        /** @description How many notes the caller has not seen. */
        UnseenMentions: {
            /**
             * Format: int64
             * @description So many.
             */
            unseen: number;
        };
        /** @description A picture that was uploaded. */
        Uploaded: {
            /** @description Its media type: `image/jpeg`, `image/png` where something is transparent, or `image/gif` where it moves. */
            contentType: string;
            /**
             * Format: int32
             * @description In pixels.
             */
            height: number;
            /** @description In bytes. */
            size: number;
            /** @description Where it is, for everyone; never another picture. */
            url: string;
            /**
             * Format: int32
             * @description In pixels.
             */
            width: number;
        };
        /** @description A published version. */
        Version: {
            /**
             * Format: int64
             * @description When it was published.
             */
            createdAt: number;
            /** @description Is the draft still as it was when this version was made of it? */
            isDraft: boolean;
            /** @description Does it answer now? */
            live: boolean;
            /** @description Why it was published; empty where nobody said. */
            note: string;
            /**
             * Format: int64
             * @description Its number.
             */
            number: number;
            /** @description What its publisher was called then; null for the command line. */
            publishedBy: string | null;
            /**
             * Format: int64
             * @description Bytes of its file.
             */
            size: number;
        };
        /** @description Requests of an hour or a weekday, by how long they waited for an agent. */
        WaitBucket: {
            /**
             * Format: int32
             * @description An agent came within 15 minutes.
             */
            quick: number;
            /**
             * Format: int32
             * @description All of them.
             */
            requested: number;
            /**
             * Format: int32
             * @description … within 30.
             */
            slow: number;
            /**
             * Format: int32
             * @description … later.
             */
            slowest: number;
            /**
             * Format: int32
             * @description Nobody came, or nobody has come yet.
             */
            unanswered: number;
        };
        /** @description One thing that is remarkable about a file. */
        Warning: {
            /** @description A stable name. */
            code: string;
            /** @description What and why. */
            message: string;
            /** @description Where, in words. */
            place: string;
            /** @description `note` or `warning`. */
            severity: string;
        };
        /** @description What is remarkable about a file. */
        Warnings: {
            /** @description What is remarkable. */
            warnings: components["schemas"]["Warning"][];
        };
        /** @description A bot's web chat. */
        WebChannel: {
            /** @description Where sessions are begun and sockets are opened, without what follows. */
            apiUrl: string;
            /** @description Is it on? */
            enabled: boolean;
            /** @description The address of the chat as a page. */
            pageUrl: string;
            /** @description The page's address as a QR code: an SVG drawing. */
            qr: string;
            /** @description The address of the script that puts it on a site. */
            scriptUrl: string;
            /** @description How it looks and whom it lets in. */
            settings: components["schemas"]["WebSettings"];
        };
        /** @description A bot's web chat to be. */
        WebChannelBody: {
            /** @description Is it on? */
            enabled: boolean;
            /** @description How it looks and whom it lets in; what is absent is as at the beginning. */
            settings?: components["schemas"]["WebSettings"];
        };
        /** @description A webhook. */
        Webhook: {
            /**
             * Format: int64
             * @description When what could not be delivered is tried again; null where nothing waits.
             */
            againAt: number | null;
            /** @description Is it on? */
            enabled: boolean;
            /** @description The events that it gets. */
            events: string[];
            /** @description Its id. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description Where it is posted to. */
            url: string;
            /** @description Why it switched itself off: three tries within half an hour failed. Null where it did not. */
            why: string | null;
        };
        /** @description A webhook to be. */
        WebhookBody: {
            /** @description Is it on? One that switched itself off goes on where it was. */
            enabled: boolean;
            /**
             * @description The events that it gets: `bot.conversation.agent_call_requested`, `…_connected`, `…_cancelled`, `…_disconnected`,
             *     `bot.conversation.agent_assigned`, `…_joined`, `…_left`, `…_transferred`.
             */
            events: string[];
            /** @description What people call it. */
            name: string;
            /** @description Where it is posted to: a public address. */
            url: string;
        };
        /** @description What deliveries are signed with. */
        WebhookSecret: {
            /** @description The secret, as Standard Webhooks has it: `whsec_…`. */
            secret: string;
        };
        /** @description A try to deliver. */
        WebhookTry: {
            /**
             * Format: int64
             * @description When.
             */
            at: number;
            /** @description Why it failed; null where it was taken. */
            error: string | null;
            /**
             * Format: int64
             * @description How many events it had.
             */
            events: number;
            /** @description The delivery's id: `webhook-id` of its headers. */
            id: string;
            /**
             * Format: int64
             * @description How long it took.
             */
            tookMs: number;
        };
        /** @description What a browser needs to ask its maker for an address. */
        WebPush: {
            /** @description `applicationServerKey`: a point of P-256 in base64url. */
            key: string;
        };
        /** @description What the browser got. */
        WebPushDevice: {
            /** @description The browser's secret (`auth`): 16 bytes in base64url. */
            auth: string;
            /** @description Where news is posted to: an `https` address of the browser's maker. */
            endpoint: string;
            /** @description What it is told in: `ko` or `en`. */
            language: string;
            /** @description The browser's key (`p256dh`): a point of P-256 in base64url. */
            p256dh: string;
        };
        /** @description The browser that wants no news any more. */
        WebPushGone: {
            /** @description Its address. */
            endpoint: string;
        };
        /** @description What a site signs its users' keys with. */
        WebSecret: {
            /** @description The secret in hexadecimal; HMAC-SHA256 takes its bytes. */
            secret: string;
        };
        /** @description How a web chat looks and whom it lets in. */
        WebSettings: {
            /**
             * @description Is the room `light` or `dark`? `auto`: as the visitor's device is.
             * @default auto
             */
            appearance: string;
            /**
             * @description A picture on the button instead of the drawn one: its address.
             * @default
             */
            buttonIcon: string;
            /**
             * Format: int32
             * @description The button's size in pixels.
             * @default 56
             */
            buttonSize: number;
            /**
             * @description … and below it.
             * @default
             */
            description: string;
            /**
             * @description What the button says before the room is opened.
             * @default
             */
            greeting: string;
            /**
             * @description A picture's address.
             * @default
             */
            icon: string;
            /**
             * @description The room's words: `ko` or `en`; `auto`: as the visitor's browser says.
             * @default auto
             */
            language: string;
            /**
             * Format: int32
             * @description Pixels between the button and the side of the page.
             * @default 20
             */
            marginX: number;
            /**
             * Format: int32
             * @description … and the page's top or bottom.
             * @default 20
             */
            marginY: number;
            /**
             * @description Sites that may show it, as `https://shop.example.com`; any where there are none.
             * @default []
             */
            origins: string[];
            /**
             * @description Where the button stands: `right`, `left`, `top-right`, `top-left`.
             * @default right
             */
            position: string;
            /**
             * @description The colour of the button and of what the visitor says, as `#4F5BD5`.
             * @default #4F5BD5
             */
            primaryColor: string;
            /**
             * @description The colour of what stands on it.
             * @default #FFFFFF
             */
            textColor: string;
            /**
             * @description What stands at the top; the bot's title where empty.
             * @default
             */
            title: string;
            /**
             * @description May a site name its users without signing their keys? Then anyone who knows a key can pose as its owner.
             * @default false
             */
            unsignedKeys: boolean;
        };
        /** @description A workspace, and what one is in it. */
        Workspace: {
            /** @description Is it the demo, whose bots and people are made up? */
            demo: boolean;
            /** @description Its id. */
            id: string;
            /** @description What people call it. */
            name: string;
            /** @description Where its picture is. */
            picture: string | null;
            /** @description What the caller is in it. */
            role: components["schemas"]["Role"];
        };
        /** @description What is to change; what is left out stays. */
        WorkspaceChange: {
            /** @description What people call it. */
            name?: string | null;
        };
    };
    responses: {
        /** @description What was sent cannot be read. */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in, or what was proved is wrong. */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The role is too low, or the call comes from another site. */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or one may not see it. */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It cannot be done as things are now. */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The link was used or is too old. */
        Problem410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is no JSON. */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Values are not as they should be. */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many attempts; Retry-After says when. */
        Problem429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A fault of the server. */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server is busy; try again. */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channels"];
                };
            };
            401: components["responses"]["Problem401"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    enterDemo: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    acceptInvite: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["Problem401"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setMyPicture: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["PictureBytes"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PictureAt"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeMyPicture: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PictureAt"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeProof"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpProposal"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Forgotten"];
            };
        };
        responses: {
            /** @description It was taken note of. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reset"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            410: components["responses"]["Problem410"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["PictureBytes"];
                    "image/png": components["schemas"]["PictureBytes"];
                };
            };
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_SignIn"];
                };
            };
            401: components["responses"]["Problem401"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOwner"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateOfServer"];
                };
            };
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addWorkspace: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWorkspace"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeWorkspace: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAgents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Agent"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeAgent: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeOwnAgent: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Mine"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    showWebPush: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebPush"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addWebPushDevice: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebPushDevice"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeWebPushDevice: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebPushGone"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                /** @description Of this bot only. */
                bot?: string;
                /** @description `next` of the piece before. */
                cursor?: string;
                /** @description How many items, 100 at most. */
                limit?: number;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    readAlerts: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertsRead"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAnswers: {
        parameters: {
            query?: {
                /** @description Where a list goes on. */
                cursor?: string;
                /** @description Parts of a question, an answer or a category. */
                search?: string;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Answer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addAnswer: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerBody"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeAnswer: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerBody"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeAnswer: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    useAnswer: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    downloadAnswers: {
        parameters: {
            query: {
                /** @description `csv` or `xlsx`. */
                format: string;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    importAnswers: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["PictureBytes"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imported"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description `next` of the piece before. */
                cursor?: string;
                /** @description How many items, 100 at most. */
                limit?: number;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_AuditLine"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listBots: {
        parameters: {
            query?: {
                /** @description The deleted ones instead. */
                deleted?: boolean;
                /** @description A part of title or description. */
                search?: string;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_BotSummary"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBotBody"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotMade"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getBot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deletion"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAlertRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRules"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setAlertRules: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertRules"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertRules"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAlertSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertSecret"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    renewAlertSecret: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertSecret"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    tryAlert: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertTried"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getBridge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bridge"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeBridge: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BridgeChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bridge"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    makeBridgeFlows: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotMade"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getBridgeRecorded: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BridgeRecorded"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listBotChannels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotChannels"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getBotChatSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setBotChatSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    checkBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileToCheck"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getConsultTalk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultChannel"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setConsultTalk: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsultBody"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultChannel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeConsultTalk: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    askConsultTalk: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsultAsk"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getConsultTalkLink: {
        parameters: {
            query?: {
                /** @description Who answers: `false` an agent or this bot, `true` the channel's OpenBuilder bot, `auto` that bot unless a session is open. */
                bot?: string;
                /** @description The other bot's event, likewise 50 at most. */
                event?: string;
                /** @description What comes back when the customer presses it: letters, digits and `_`, 50 at most. */
                extra?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartLink"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getConsultTalkUse: {
        parameters: {
            query: {
                /** @description Its first day at 04:00 in Korea, in milliseconds UTC. */
                from: number;
                /** @description The first day of the next, likewise. */
                to: number;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultUse"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description `kakao`, `kakao-development`, `web`, `kakaobiz`; all where it is left out. */
                channel?: string;
                /**
                 * @description `next` of the piece before. A search for words looks through some hundred conversations at a time, so a piece may
                 *     be empty and still have a next one.
                 */
                cursor?: string;
                /** @description How the key that the channel gives to the person begins. */
                key?: string;
                /** @description How many items, 100 at most. */
                limit?: number;
                /** @description Words that stand in a message. */
                text?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ConversationLine"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                user: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    eraseCustomer: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                user: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerErasure"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                user: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Messages after this number, oldest first, instead. */
                after?: number;
                /** @description Messages before this number, newest first. */
                before?: number;
                /** @description How many items, 100 at most. */
                limit?: number;
                /** @description From the first message of this turn on, oldest first, instead. */
                turn?: string;
            };
            header?: never;
            path: {
                bot: string;
                user: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ThreadMessage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    saveDraft: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
                /** @description Which open editor saves. */
                "x-editor-session"?: string | null;
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftToSave"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftKept"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    watchDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["DraftNews"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setPresence: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditorPlace"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditorPeople"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportBot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    overwriteBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Warnings"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getKakao: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KakaoChannel"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeKakao: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeKakao: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KakaoChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KakaoChannel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addMedia: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["PictureBytes"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Uploaded"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewAct"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    publishBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Publishing"] | null;
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Published"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description `next` of the piece before. */
                cursor?: string;
                /** @description How many items, 100 at most. */
                limit?: number;
                /** @description Only those of this mode: `operating`, `development`, `botTest`, `editorTest`, `unknown`. */
                mode?: string;
                /** @description Only those with this problem; `any` for all that have one. */
                problem?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_RequestLine"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                request: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPair"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    countRequestProblems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ProblemCount"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    restoreBot: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    runScript: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptToRun"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScriptRan"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getStats: {
        parameters: {
            query?: {
                /** @description `kakao`, `kakao-development`, `web`, `kakaobiz`; all but the development channel where it is left out. */
                channel?: string;
                /** @description The first day, `2026-11-01`; 30 days before the last one where it is left out. */
                from?: string;
                /** @description The last day; today where it is left out. */
                to?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listErrors: {
        parameters: {
            query?: {
                /** @description `kakao`, `kakao-development`, `web`, `kakaobiz`; all but the development channel where it is left out. */
                channel?: string;
                /** @description The first day, `2026-11-01`; 30 days before the last one where it is left out. */
                from?: string;
                /** @description The last day; today where it is left out. */
                to?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_StatGroup"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    downloadStats: {
        parameters: {
            query: {
                /** @description The channel; all but the development channel where it is left out. */
                channel?: string;
                /** @description `csv` or `xlsx`. */
                format: string;
                /** @description The first day, `2026-11-01`. */
                from?: string;
                /** @description `days`, `channels`, `nodes`, `errors` or `unanswered`, for CSV; an XLSX has them all. */
                table?: string;
                /** @description The last day. */
                to?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSlowNodes: {
        parameters: {
            query?: {
                /** @description `kakao`, `kakao-development`, `web`, `kakaobiz`; all but the development channel where it is left out. */
                channel?: string;
                /** @description The first day, `2026-11-01`; 30 days before the last one where it is left out. */
                from?: string;
                /** @description The last day; today where it is left out. */
                to?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_StatNode"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listUnanswered: {
        parameters: {
            query?: {
                /** @description `kakao`, `kakao-development`, `web`, `kakaobiz`; all but the development channel where it is left out. */
                channel?: string;
                /** @description The first day, `2026-11-01`; 30 days before the last one where it is left out. */
                from?: string;
                /** @description The last day; today where it is left out. */
                to?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_StatGroup"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    renderTemplate: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateToRender"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateRendered"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listPathTests: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_PathTest"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addPathTest: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PathTestParts"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathTest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deletePathTest: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                test: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changePathTest: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                test: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PathTestChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathTest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportPathTests: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathTestFile"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    importPathTests: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PathTestFile"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_PathTest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    runPathTests: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PathTestsToRun"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathTestResults"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTurns: {
        parameters: {
            query: {
                /** @description The channel; all but the development channel where it is left out. */
                channel?: string;
                /** @description `next` of the piece before. */
                cursor?: string;
                /** @description The first day. */
                from?: string;
                /** @description `fault` (errors), `unanswered`, `slow` or `cut`. */
                kind: string;
                /** @description How many items, 100 at most. */
                limit?: number;
                /** @description Only those with this sentence. */
                said?: string;
                /** @description The last day. */
                to?: string;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_MarkedTurn"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getTurn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                turn: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnDetail"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description What the piece before gave as `next`. */
                cursor?: number;
            };
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Version"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteVersion: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                version: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revertDraft: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                version: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Base"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftKept"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getVersionFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                version: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    serveVersion: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                version: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Published"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWebChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebChannel"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setWebChannel: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebChannelBody"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebChannel"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWebSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebSecret"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    renewWebSecret: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebSecret"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Webhook"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookBody"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookBody"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    renewWebhookSecret: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                bot: string;
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listWebhookTries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot: string;
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_WebhookTry"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addBridge: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBridge"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    checkBridge: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BridgeCheck"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BridgeReport"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCanned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Canned"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addCanned: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedBody"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canned"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeCanned: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedBody"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canned"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeCanned: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getChatSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setChatSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getChatStats: {
        parameters: {
            query: {
                /** @description One bot; all where absent. */
                bot?: string;
                /** @description From this moment, in milliseconds UTC. */
                from: number;
                /** @description Until before this one; 90 days at most. */
                until: number;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatStats"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    downloadChatStats: {
        parameters: {
            query: {
                /** @description One bot; all where absent. */
                bot?: string;
                /** @description `csv` or `xlsx`; an XLSX has all tables. */
                format: string;
                /** @description From this moment, in milliseconds UTC. */
                from: number;
                /** @description The table of a CSV: `consultations` (where absent), `figures`, `agents`, `days`, `hours` or `weekdays`. */
                table?: string;
                /** @description Until before this one; 90 days at most. */
                until: number;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getChatStatsToday: {
        parameters: {
            query?: {
                /** @description One bot; all where absent. */
                bot?: string;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatStatsToday"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listChats: {
        parameters: {
            query?: {
                /** @description Only those of this bot. */
                bot?: string;
                /** @description Only those of this category or one beneath it: `주문 > 취소`. */
                category?: string;
                /** @description Where a list goes on. */
                cursor?: string;
                /** @description With `requested` or `connected`: the one that waits longest first, up to 500 and no next piece. */
                longest?: boolean;
                /** @description Only the caller's own. */
                mine?: boolean;
                /**
                 * @description Parts of a name, a telephone number, an e-mail address or a user key, or of what customer and agents said: all
                 *     words of it, whatever stands between their letters.
                 */
                search?: string;
                /** @description `bot`, `requested`, `connected`, `completed` or `missed`; all where absent. */
                state?: string;
                /** @description Only those with this tag. */
                tag?: string;
                /** @description Without those in which no agent was ever asked for. */
                withoutBot?: boolean;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ListedChat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatInFull"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    completeChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Completion"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addChatFile: {
        parameters: {
            query: {
                /** @description The file's name, whose ending says what it is. */
                name: string;
            };
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["PictureBytes"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatFile"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    startFlowInChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartFlow"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    stopFlowInChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    joinChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    leaveChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addChatMedia: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["PictureBytes"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatMedia"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listChatMessages: {
        parameters: {
            query?: {
                /** @description Messages after this number instead. */
                after?: number;
                /** @description Messages before this number, newest first in time; the newest where absent. */
                before?: number;
            };
            header?: never;
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Thread"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    sendChatMessage: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChatMessage"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    noteChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Note"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatLine"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listChatPanels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ShownPanel"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    blockChatRoom: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomBlock"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    askChatConsent: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomConsent"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endChatRoom: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomEnd"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    seeChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Seen"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    takeChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    transferChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Transfer"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    typeInChat: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                chat: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    countChats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Counts"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRunningChats: {
        parameters: {
            query?: {
                /** @description Only those of this bot. */
                bot?: string;
                /** @description Only those of this category or one beneath it: `주문 > 취소`. */
                category?: string;
                /** @description Where a list goes on. */
                cursor?: string;
                /** @description With `requested` or `connected`: the one that waits longest first, up to 500 and no next piece. */
                longest?: boolean;
                /** @description Only the caller's own. */
                mine?: boolean;
                /**
                 * @description Parts of a name, a telephone number, an e-mail address or a user key, or of what customer and agents said: all
                 *     words of it, whatever stands between their letters.
                 */
                search?: string;
                /** @description `bot`, `requested`, `connected`, `completed` or `missed`; all where absent. */
                state?: string;
                /** @description Only those with this tag. */
                tag?: string;
                /** @description Without those in which no agent was ever asked for. */
                withoutBot?: boolean;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_RunningChat"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeDemo: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listInvites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Invite"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    addInvites: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvites"];
            };
        };
        responses: {
            /** @description It was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_InviteMade"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    revokeInvite: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    watchWorkspace: {
        parameters: {
            query?: {
                /** @description The number of the last event that was seen; absent: from now on. */
                after?: number;
                /** @description Does this console answer customers? Then its agent is online while it is open. */
                agent?: boolean;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Member"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeMember: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                id: string;
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMentions: {
        parameters: {
            query?: {
                /** @description Where a list goes on. */
                cursor?: string;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Mention"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    seeMentions: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenMentions"];
            };
        };
        responses: {
            /** @description It was done; there is nothing more to say. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    countMentions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenMentions"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setWorkspacePicture: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["PictureBytes"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PictureAt"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    removeWorkspacePicture: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PictureAt"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Records"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeRecords: {
        parameters: {
            query?: never;
            header: {
                /** @description Proves that the call does not come from another site. */
                "x-closer": "1";
            };
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordsChange"];
            };
        };
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Records"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSecrets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_SecretName"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    suggestAnswers: {
        parameters: {
            query?: {
                /** @description … or the conversation, whose customer's last message it is then. */
                chat?: string;
                /** @description What the customer wrote. */
                q?: string;
            };
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ws: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Template"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": components["schemas"]["PictureBytes"];
                    "image/jpeg": components["schemas"]["PictureBytes"];
                    "image/png": components["schemas"]["PictureBytes"];
                };
            };
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
