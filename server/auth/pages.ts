/** Pages of sign-in, plain and without scripts. Whatever comes from people is escaped by `html`. */
import { html } from 'hono/html'
import type { Invitation } from '../../db/stores/invitations.ts'
import { page } from '../status.ts'
import { PASSWORD } from './options.ts'

type Part = ReturnType<typeof html>

/** `html` gives a promise only where a promise was put into it, which no page does. */
const shell = (title: string, parts: Part): string => page(title, html`<h1>${title}</h1>${parts}` as string)
const said = (problem: string | undefined): Part | string =>
  problem ? html`<p class="bad" role="alert">${problem}</p>` : ''

const field = (
  label: string,
  name: string,
  type: string,
  more: { value?: string; autocomplete: string; min?: number },
): Part =>
  html`<p><label>${label}<br><input name="${name}" type="${type}" required value="${more.value ?? ''}" autocomplete="${more.autocomplete}"${more.min ? html` minlength="${more.min}"` : ''}></label></p>`

export function invitationPage(invitation: Invitation, problem?: string): string {
  const { name, email, role } = invitation
  return shell(
    'Welcome to Dealwright',
    html`<p>${email ? html`${email}, you` : 'You'} are here as ${role}. Set your name and a password of at least ${PASSWORD.shortest} characters.</p>${said(problem)}
<form method="post">${field('Name', 'name', 'text', { value: name ?? '', autocomplete: 'name' })}
${email ? '' : field('E-mail address', 'email', 'email', { autocomplete: 'email' })}
${field('Password', 'password', 'password', { autocomplete: 'new-password', min: PASSWORD.shortest })}
<p><button>Begin</button></p></form>`,
  )
}

export const noInvitationPage = (problem: string): string =>
  shell('This link does not work', html`<p class="bad">${problem}</p>`)

export function signInPage(provider: string | null, problem?: string): string {
  return shell(
    'Sign in',
    html`${said(problem)}${provider ? html`<p><a href="/sign-in/oidc">Sign in with ${provider}</a></p>` : ''}
<form method="post" action="/sign-in">${field('E-mail address', 'email', 'email', { autocomplete: 'username' })}
${field('Password', 'password', 'password', { autocomplete: 'current-password' })}<p><button>Sign in</button></p></form>`,
  )
}

export function codePage(problem?: string): string {
  return shell(
    'Your code',
    html`<p>Type the six digits that your app shows.</p>${said(problem)}
<form method="post" action="/sign-in/code">${field('Code', 'code', 'text', { autocomplete: 'one-time-code' })}<p><button>Go on</button></p></form>`,
  )
}

export const signedInPage = (user: { name: string; role: string }): string =>
  shell(
    'You are signed in',
    html`<p class="good">${user.name}, you are signed in as ${user.role}.</p><p><a href="/">Begin</a></p><meta http-equiv="refresh" content="0;url=/">`,
  )
