/** Where the browser begins. */
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { onReturn } from './away.ts'
import { announceNonce } from './nonce.ts'
import { queryClient } from './query.ts'
import { listenForKeys } from './shortcuts.ts'

announceNonce()
listenForKeys()
onReturn(() => void queryClient.invalidateQueries())
const place = document.getElementById('app')
if (place) createRoot(place).render(<App />)
