"""SMTP servers on this machine: aiosmtpd for what servers do, a scripted one for what they should not."""
import logging
import socket
import ssl
import subprocess
import threading
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

logging.getLogger("mail.log").setLevel(logging.CRITICAL)
warnings.simplefilter("ignore")


def certificate(folder, name):
    """A throw-away certificate for a host; paths of the certificate and its key."""
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    kind = "IP" if name[0].isdigit() else "DNS"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", f"/CN={name}", "-addext", f"subjectAltName={kind}:{name}",
                    "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    return cert, key


def context(cert, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(cert, key)
    return made


class Inbox:
    """Takes mails; `refuse(address, attempt)` may answer for one, `hold` is called with its data."""

    def __init__(self, refuse=None, hold=None):
        self.mails, self.refuse, self.hold, self.attempts = [], refuse, hold, {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.attempts[address] = self.attempts.get(address, 0) + 1
        answer = self.refuse and self.refuse(address, self.attempts[address])
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.hold and self.hold(envelope.rcpt_tos[0])
        if answer:
            return answer
        self.mails.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
        return "250 taken"


class Server(Controller):
    """A server on a free port; `with Server(inbox) as server: server.url`."""

    def __init__(self, inbox, secure=None, user=None, starttls=None, must_tls=False):
        self.user, self.tls, self.must_tls = user, starttls, must_tls
        super().__init__(inbox, hostname="127.0.0.1", port=0, ssl_context=secure)
        self.scheme = "smtps" if secure else "smtp"

    def factory(self):
        more = {"hostname": "test.example", "enable_SMTPUTF8": False, "data_size_limit": None}
        if self.user:
            more.update(authenticator=self.check, auth_required=True, auth_require_tls=False)
        return SMTP(self.handler, tls_context=self.tls, require_starttls=self.must_tls, **more)

    def check(self, server, session, envelope, mechanism, data):
        good = (data.login.decode(), data.password.decode()) == self.user
        return AuthResult(success=good, handled=False)

    def _trigger_server(self):
        """Called until the first protocol was made: a connection does it, encrypted or not."""
        self.port = self.server.sockets[0].getsockname()[1]
        socket.create_connection(("127.0.0.1", self.port)).close()

    def __enter__(self):
        self.start()
        self.url = f"{self.scheme}://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *nothing):
        self.stop()


class Breaking:
    """A server that hangs up at a place: once for each of `places`, then never again. Places: greet,
    ehlo, mail, rcpt, data (the command), middle (of the data), end (all is there, no answer)."""

    def __init__(self, places):
        self.places, self.mails = list(places), []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *nothing):
        self.socket.close()

    def hangs_up(self, place):
        if self.places and self.places[0] == place:
            self.places.pop(0)
            return True
        return False

    def serve(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            with peer:
                try:
                    self.talk(peer, peer.makefile("rb"))
                except OSError:
                    pass

    def take_data(self, lines):
        """All lines up to the dot; None when it hung up."""
        data = b""
        for line in lines:
            if line == b".\r\n":
                return None if self.hangs_up("end") else data
            data += line[1:] if line.startswith(b"..") else line
            if len(data) > 2000 and self.hangs_up("middle"):
                return None
        return None

    def talk(self, peer, lines):
        if self.hangs_up("greet"):
            return
        peer.sendall(b"220 test.example\r\n")
        recipient = None
        for line in lines:
            verb = line[:4].decode().strip().lower()
            if self.hangs_up({"ehlo": "ehlo", "mail": "mail", "rcpt": "rcpt", "data": "data"}
                             .get(verb)):
                return
            if verb == "rcpt":
                recipient = line.split(b"<")[1].split(b">")[0].decode()
            if verb == "data":
                peer.sendall(b"354 go on\r\n")
                data = self.take_data(lines)
                if data is None:
                    return
                self.mails.append((recipient, data))
            peer.sendall(b"221 bye\r\n" if verb == "quit" else b"250 OK\r\n")
            if verb == "quit":
                return
