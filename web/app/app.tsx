/** Everything in its order: look, answers, session, frame, pages. */
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { Redirect, Route, Switch } from 'wouter'
import { EvidenceProvider } from '../parts/evidence.tsx'
import { Empty } from '../parts/page.tsx'
import { Boundary } from './boundary.tsx'
import { styleNonce } from './nonce.ts'
import { to } from './paths.ts'
import { queryClient } from './query.ts'
import { PAGES } from './routes.tsx'
import { SessionGate } from './session.tsx'
import { Shell } from './shell.tsx'
import { theme } from './theme.ts'

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce} deduplicateInlineStyles>
      <Notifications position="bottom-right" limit={4} zIndex={900} />
      <QueryClientProvider client={queryClient}>
        <Boundary of="app">
          <SessionGate>
            <EvidenceProvider>
              <Shell>
                <Switch>
                  {PAGES.map(({ path, component }) => (
                    <Route key={path} path={path} component={component} />
                  ))}
                  <Route path="/">
                    <Redirect to={to.today()} replace />
                  </Route>
                  <Route>
                    <Empty title="There is no such page">
                      The address may be an older one. Go on in the navigation, or press / to search.
                    </Empty>
                  </Route>
                </Switch>
              </Shell>
            </EvidenceProvider>
          </SessionGate>
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  )
}
