"""proxy.py MODE LISTEN TARGET: stands between a client and a PostgreSQL server on unix sockets.

refuse  answers COPY as an engine does that speaks the protocol but does not know the statement
cut     closes the connection after the first 100,000 bytes of answers
stall   says nothing more after them
"""
import os, socket, struct, sys, threading, time

MODE, LISTEN, TARGET = sys.argv[1:]
BEFORE = 100_000
REFUSAL = b"SERROR\0C0A000\0MCOPY is not supported here\0\0"


def exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def questions(client, server):
    """Messages of the client: the first has no type."""
    length = exactly(client, 4)
    server.sendall(length + exactly(client, struct.unpack("!I", length)[0] - 4))
    while True:
        head = exactly(client, 5)
        body = exactly(client, struct.unpack("!I", head[1:])[0] - 4)
        if MODE == "refuse" and head[:1] == b"Q" and body.startswith(b"COPY"):
            client.sendall(b"E" + struct.pack("!I", 4 + len(REFUSAL)) + REFUSAL)
            client.sendall(b"Z" + struct.pack("!I", 5) + b"I")
        else:
            server.sendall(head + body)


def answers(client, server):
    sent = 0
    while piece := server.recv(8192):
        if MODE != "refuse" and sent + len(piece) > BEFORE:
            if MODE == "stall":
                time.sleep(3600)
            break
        client.sendall(piece)
        sent += len(piece)


def run(forward, client, server):
    try:
        forward(client, server)
    except (EOFError, OSError):
        pass
    for connection in (client, server):
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


listener = socket.socket(socket.AF_UNIX)
listener.bind(LISTEN)
listener.listen()
print("ready", flush=True)
while True:
    client = listener.accept()[0]
    server = socket.socket(socket.AF_UNIX)
    server.connect(TARGET)
    for forward in (questions, answers):
        threading.Thread(target=run, args=(forward, client, server), daemon=True).start()
