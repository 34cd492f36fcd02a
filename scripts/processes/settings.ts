/** What each process is given: addresses and keys for its own role, and nothing of the other's. */
import type { Config } from '../config.ts'
import { readSecrets, readSignInSecret } from '../home.ts'
import type { Home } from '../home.ts'
import type { DatabaseUrls } from '../services/database.ts'
import type { ProcessSettings } from './child.ts'

const QUEUE_PREFIX = 'dealwright'

export interface Place {
  home: Home
  config: Config
  urls: Pick<DatabaseUrls, 'serverUrl' | 'workerUrl'>
  temporal: { address: string; ui?: string | null }
  listen: { host: string; port?: number }
  mailboxPort?: number
  sandboxSmtpUrl?: string
  makeCurrent?: boolean
}

export function serverSettings(place: Place): ProcessSettings {
  const { config, home, listen, temporal, mailboxPort } = place
  return {
    ...shared(place),
    databaseUrl: place.urls.serverUrl,
    privateKeyFile: config.privateKeyFile ?? home.privateKey,
    checkpointsFile: config.checkpointsFile ?? home.checkpoints,
    listen,
    token: config.token ?? readSecrets(home).token,
    signIn: {
      secret: config.signIn.secret ?? readSignInSecret(home),
      oidc: config.signIn.oidc,
      trustedProxies: config.signIn.trustedProxies,
    },
    ...(temporal.ui ? { temporalUi: temporal.ui } : {}),
    ...(mailboxPort === undefined ? {} : { mailboxPort }),
  }
}

export function workerSettings(place: Place): ProcessSettings {
  const { sandboxSmtpUrl, makeCurrent = false } = place
  return {
    ...shared(place),
    databaseUrl: place.urls.workerUrl,
    makeCurrent,
    ...(sandboxSmtpUrl === undefined ? {} : { sandboxSmtpUrl }),
  }
}

function shared({ home, config, temporal, listen }: Place) {
  return {
    home: home.folder,
    temporal: {
      address: temporal.address,
      namespace: config.temporalNamespace,
      ...(config.temporalApiKey === undefined ? {} : { apiKey: config.temporalApiKey }),
    },
    queuePrefix: QUEUE_PREFIX,
    publicUrl: config.publicUrl ?? `http://${listen.host}:${listen.port ?? 80}`,
    publicKeyFile: config.publicKeyFile ?? home.publicKey,
    erasureKey: config.erasureKey ?? readSecrets(home).erasure,
  }
}
