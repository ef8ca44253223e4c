import os
from urllib.parse import urlencode

from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

ISSUER = os.environ["ISSUER"]
HOME = f"http://127.0.0.1:{os.environ.get('PORT', '3000')}"

oauth = OAuth()
oauth.register(
    "cip",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email offline_access", "code_challenge_method": "S256"},
)

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_SECRET"], session_cookie="app")
# Tokens stay here: Starlette's session is a signed cookie that the browser can read. A real application keeps them in its database.
tokens: dict[str, dict] = {}


@app.exception_handler(OAuthError)
async def refused(request: Request, error: OAuthError):
    return PlainTextResponse("The sign-in failed. Start again at /login\n", status_code=502)


@app.get("/login")
async def login(request: Request):
    return await oauth.cip.authorize_redirect(request, f"{HOME}/callback")


@app.get("/callback")
async def callback(request: Request):
    # Checks state, redeems the code with the PKCE verifier, and verifies the ID token with its nonce.
    token = await oauth.cip.authorize_access_token(request)
    sub = token["userinfo"]["sub"]
    tokens[sub] = token
    request.session.clear()
    request.session["sub"] = sub
    return RedirectResponse("/", status_code=303)


@app.get("/refresh")
async def refresh(request: Request):
    token = tokens.get(request.session.get("sub", ""))
    if token is None:
        return RedirectResponse("/login", status_code=303)
    new = await oauth.cip.fetch_access_token(grant_type="refresh_token", refresh_token=token["refresh_token"])
    tokens[request.session["sub"]] = {**token, **new}
    return RedirectResponse("/", status_code=303)


@app.get("/logout")
async def logout(request: Request):
    token = tokens.pop(request.session.get("sub", ""), {})
    request.session.clear()
    metadata = await oauth.cip.load_server_metadata()
    query = {"post_logout_redirect_uri": f"{HOME}/", "id_token_hint": token.get("id_token", "")}
    return RedirectResponse(f"{metadata['end_session_endpoint']}?{urlencode(query)}", status_code=303)


@app.get("/")
async def index(request: Request):
    token = tokens.get(request.session.get("sub", ""))
    return {"user": None if token is None else await oauth.cip.userinfo(token=token)}
