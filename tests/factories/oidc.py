"""A small OpenID provider on this machine: discovery, authorisation, token, keys. One answer can be spoiled."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "tumbuh", "rahasia-klien"


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OpenIdProvider:
    """Runs in a thread. `claims` go into each id_token; `spoil` changes claims, `forge` signs with another key."""

    def __init__(self) -> None:
        self.key, self.other_key = make_key(), make_key()
        self.claims = {"sub": "pegawai-7", "email": "bidan@example.id", "email_verified": True}
        self.spoil: dict[str, object] = {}
        self.forge = False
        self.named_issuer: str | None = None
        self.codes: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), make_handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def discover(self) -> dict[str, object]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.named_issuer or self.issuer} | {
            name: f"{self.issuer}/{end}" for name, end in ends.items()
        }

    def list_keys(self) -> dict[str, object]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "satu", "alg": "RS256", "use": "sig"}]}

    def make_token(self, nonce: str) -> str:
        now = int(time.time())
        basis = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {key: value for key, value in {**basis, **self.claims, **self.spoil}.items() if value is not None}
        return jwt.encode(claims, self.other_key if self.forge else self.key, "RS256", headers={"kid": "satu"})


def make_handler(provider: OpenIdProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self, content: dict[str, object]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def do_GET(self) -> None:
            at = urlsplit(self.path)
            if at.path == "/authorize":
                asked = {key: values[0] for key, values in parse_qs(at.query).items()}
                code = f"kode-{len(provider.codes)}"
                provider.codes[code] = asked.get("nonce", "")
                self.send_response(302)
                back = urlencode({"code": code, "state": asked["state"]})
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()
                return
            self.answer(provider.list_keys() if at.path == "/keys" else provider.discover())

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            nonce = provider.codes.pop(body["code"][0])
            assert body["code_verifier"]
            token = provider.make_token(nonce)
            self.answer({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token})

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler
