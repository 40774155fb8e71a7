"""The bot of ../bot.json, as one would write it with FastAPI and kakao-chatbot."""

import json
import os
import pathlib
import signal
import socket
import sqlite3
import sys
import threading
import time
import uuid

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from kakao_chatbot import Payload
from kakao_chatbot.response import KakaoResponse
from kakao_chatbot.response.components import SimpleTextComponent

DATABASE = sys.argv[1]
SCHEMA = (pathlib.Path(__file__).parent / "schema.sql").read_text()
app = FastAPI()
local = threading.local()


def database():
    if not hasattr(local, "connection"):
        connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        local.connection = connection
    return local.connection


def texts_for(waiting, said):
    if not waiting:
        return ["무엇을 찾으세요?"]
    if "주문" in said:
        shown = said if len(said) <= 20 else said[:19] + "…"
        first = "‘{}’ 건을 찾아볼게요. 금액은 {:,}원이에요.".format(shown, 28000)
    else:
        first = "잘 모르겠어요."
    return [first, "더 필요한 것이 있으면 말씀해 주세요."]


def turn(body, request_id):
    payload = Payload.from_dict(body)
    user, said = payload.user_request.user.id, payload.user_request.utterance
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    try:
        row = connection.execute("SELECT version, state, messages FROM sessions WHERE user_key = ?", (user,)).fetchone()
        version, state, messages = row or (0, "{}", 0)
        texts = texts_for(json.loads(state).get("waiting"), said)
        response = KakaoResponse()
        for text in texts:
            response.add_component(SimpleTextComponent(text))
        answer = response.get_dict()
        now = int(time.time() * 1000)
        connection.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_key) DO UPDATE SET version = excluded.version,"
            " state = excluded.state, messages = excluded.messages, updated_at = excluded.updated_at",
            (user, version + 1, json.dumps({"waiting": 3}), messages + 1 + len(texts), now),
        )
        connection.execute(
            "INSERT INTO turns VALUES (?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), user, request_id, now, json.dumps(answer, ensure_ascii=False)),
        )
        rows = [
            (str(uuid.uuid4()), user, messages + at, at == 0, json.dumps({"type": "text", "text": text}), now)
            for at, text in enumerate([said, *texts])
        ]
        connection.executemany("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return answer


@app.post("/skill")
async def skill(request: Request):
    return JSONResponse(turn(await request.json(), request.headers.get("x-request-id")))


def main():
    database().executescript(SCHEMA)
    local.connection.close()
    del local.connection
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    parent = os.getpid()
    workers = [os.fork() for _ in range((os.cpu_count() or 2) - 1)]
    if os.getpid() == parent:
        print(json.dumps({"listening": "127.0.0.1:%d" % listener.getsockname()[1]}), flush=True)
    else:
        # A worker ends with its parent, however that ends.
        watch = threading.Thread(target=lambda: [time.sleep(0.2) for _ in iter(lambda: os.getppid() == parent, False)]
                                 and os._exit(0), daemon=True)
        watch.start()
    uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False)).run(sockets=[listener])


main()
