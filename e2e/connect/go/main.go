package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log"
	"net/http"
	"net/url"
	"os"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

type session struct {
	state, nonce, verifier string
	token                  *oauth2.Token
	idToken, sub           string
}

var (
	home = "http://127.0.0.1:" + os.Getenv("PORT")
	lock sync.Mutex
	// Sessions of this process; a real application keeps them in its database.
	sessions = map[string]session{}
)

func random() string {
	bytes := make([]byte, 32)
	if _, err := rand.Read(bytes); err != nil {
		log.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}

func save(w http.ResponseWriter, one session) {
	id := random()
	lock.Lock()
	defer lock.Unlock()
	sessions[id] = one
	http.SetCookie(w, &http.Cookie{Name: "session", Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func load(r *http.Request, remove bool) session {
	cookie, err := r.Cookie("session")
	if err != nil {
		return session{}
	}
	lock.Lock()
	defer lock.Unlock()
	one := sessions[cookie.Value]
	if remove {
		delete(sessions, cookie.Value)
	}
	return one
}

func failed(w http.ResponseWriter, err error) {
	log.Print(err)
	http.Error(w, "The sign-in failed. Start again at /login", http.StatusBadGateway)
}

func main() {
	provider, err := oidc.NewProvider(context.Background(), os.Getenv("ISSUER"))
	if err != nil {
		log.Fatal(err)
	}
	var more struct {
		EndSession string `json:"end_session_endpoint"`
	}
	if err := provider.Claims(&more); err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{
		ClientID:     os.Getenv("CLIENT_ID"),
		ClientSecret: os.Getenv("CLIENT_SECRET"),
		Endpoint:     provider.Endpoint(),
		RedirectURL:  home + "/callback",
		Scopes:       []string{oidc.ScopeOpenID, "profile", "email", oidc.ScopeOfflineAccess},
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: config.ClientID, SupportedSigningAlgs: []string{oidc.RS256, oidc.ES256}})

	http.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		one := session{state: random(), nonce: random(), verifier: random()}
		save(w, one)
		challenge := sha256.Sum256([]byte(one.verifier))
		http.Redirect(w, r, config.AuthCodeURL(one.state, oidc.Nonce(one.nonce),
			oauth2.SetAuthURLParam("code_challenge", base64.RawURLEncoding.EncodeToString(challenge[:])),
			oauth2.SetAuthURLParam("code_challenge_method", "S256")), http.StatusSeeOther)
	})

	http.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) {
		one := load(r, true)
		query := r.URL.Query()
		if one.state == "" || query.Get("state") != one.state || query.Get("iss") != os.Getenv("ISSUER") {
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		token, err := config.Exchange(r.Context(), query.Get("code"), oauth2.SetAuthURLParam("code_verifier", one.verifier))
		if err != nil {
			failed(w, err)
			return
		}
		raw, _ := token.Extra("id_token").(string)
		idToken, err := verifier.Verify(r.Context(), raw)
		if err != nil || idToken.Nonce != one.nonce || idToken.VerifyAccessToken(token.AccessToken) != nil {
			failed(w, err)
			return
		}
		save(w, session{token: token, idToken: raw, sub: idToken.Subject})
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})

	http.HandleFunc("/refresh", func(w http.ResponseWriter, r *http.Request) {
		one := load(r, true)
		if one.token == nil {
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		// Without an access token the source must fetch a new one; where it has one, it does so shortly before its end.
		token, err := config.TokenSource(r.Context(), &oauth2.Token{RefreshToken: one.token.RefreshToken}).Token()
		if err != nil {
			failed(w, err)
			return
		}
		save(w, session{token: token, idToken: one.idToken, sub: one.sub})
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})

	http.HandleFunc("/logout", func(w http.ResponseWriter, r *http.Request) {
		query := url.Values{"post_logout_redirect_uri": {home + "/"}, "id_token_hint": {load(r, true).idToken}}
		http.Redirect(w, r, more.EndSession+"?"+query.Encode(), http.StatusSeeOther)
	})

	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		one := load(r, false)
		user := map[string]any{}
		if one.token != nil {
			info, err := provider.UserInfo(r.Context(), oauth2.StaticTokenSource(one.token))
			if err != nil || info.Subject != one.sub || info.Claims(&user) != nil {
				failed(w, err)
				return
			}
		}
		w.Header().Set("Content-Type", "application/json")
		if one.token == nil {
			user = nil
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"user": user}); err != nil {
			log.Print(err)
		}
	})

	log.Print("The application is at ", home)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
