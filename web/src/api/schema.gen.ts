// Made by `npm run types` from openapi.json. Do not edit.

export interface paths {
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
         * Lets the draft answer.
         * @description From the role `editor`.
         */
        post: operations["publishBot"];
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
        /** @description A line of the log. */
        AuditLine: {
            /**
             * @description What they did: `workspace.add`, `workspace.rename`, `workspace.picture`, `member.join`, `member.role`,
             *     `member.remove`, `member.leave`, `invite.add`, `invite.revoke`, `bot.add`, `bot.change`, `bot.publish`,
             *     `bot.overwrite`, `bot.delete` or `bot.restore`.
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
        /** @description A bot that was made, and what is remarkable about its file. */
        BotMade: {
            /** @description The bot. */
            bot: components["schemas"]["Bot"];
            /** @description What is remarkable. */
            warnings: components["schemas"]["Warning"][];
        };
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
        /** @description A code that an authenticator shows. */
        CodeProof: {
            /** @description Six digits. */
            code: string;
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
        /** @description A proof that one means this bot. */
        Deletion: {
            /** @description The bot's title, typed. */
            title: string;
        };
        /** @description Whose password was forgotten. */
        Forgotten: {
            /** @description The account's address. */
            email: string;
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
        /**
         * @description The language of a console.
         * @enum {string}
         */
        Language: "ko" | "en";
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
        List_Member: {
            /** @description The items of this piece. */
            items: components["schemas"]["Member"][];
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
        List_Template: {
            /** @description The items of this piece. */
            items: components["schemas"]["Template"][];
            /** @description What to give as `cursor` for the next piece; null where this was the last. */
            next: string | null;
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
        /** @description A bot to be made: from a template, or from a file. */
        NewBotBody: {
            /** @description A bot or flow file. Send it as it stands: numbers keep their spelling. */
            file?: Record<string, never> | null;
            /** @description The template's id. */
            template?: string | null;
            /** @description What it is to be called; else as the file says. */
            title?: string | null;
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
        /** @description One value that is not as it should be. */
        ProblemField: {
            /** @description What and why. */
            detail: string;
            /** @description Where, as a JSON pointer; empty for the whole. */
            pointer: string;
        };
        /** @description The version that answers now. */
        Published: {
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
        /** @description Codes for the day when the phone is lost. */
        RecoveryCodes: {
            /** @description Each works once; they are never shown again. */
            recoveryCodes: string[];
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
            /** @description What it is called. */
            title: string;
        };
        /**
         * @description How a console looks.
         * @enum {string}
         */
        Theme: "light" | "dark" | "system";
        /** @description What an authenticator must know. */
        TotpProposal: {
            /** @description To be read by the phone's camera: an SVG drawing. */
            qr: string;
            /** @description To be typed. */
            secret: string;
            /** @description To be opened on the phone. */
            uri: string;
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
                    "application/json": Record<string, never>;
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
                "application/json": Record<string, never>;
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
                    "application/json": Record<string, never>;
                };
            };
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
