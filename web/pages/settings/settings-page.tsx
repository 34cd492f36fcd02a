/** Settings: one's own, and those of the organisation that one's role may change; one page each. */
import { Fragment, Suspense } from 'react'
import { NativeSelect } from '@mantine/core'
import { Link, Redirect, useLocation, useParams } from 'wouter'
import { useMay } from '../../app/may.ts'
import { to } from '../../app/paths.ts'
import { Empty, Page, TextSkeleton } from '../../parts/page.tsx'
import { PARTS } from './sections.ts'
import classes from './settings.module.css'

export default function SettingsPage() {
  const { part } = useParams<{ part?: string }>()
  const [, navigate] = useLocation()
  const may = useMay()
  if (part === undefined) return <Redirect to={to.settings('me')} replace />
  const mine = PARTS.filter(({ right }) => may(right))
  const chosen = mine.find(one => one.part === part)
  return (
    <Page title="Settings" about={chosen ? `${chosen.group}: ${chosen.label}` : ' '}>
      <div className={classes.layout}>
        <nav className={classes.nav} aria-label="Settings">
          {mine.map((one, n) => (
            <Fragment key={one.part}>
              {mine[n - 1]?.group !== one.group && <div className={classes.group}>{one.group}</div>}
              <Link
                href={to.settings(one.part)}
                className={classes.link}
                aria-current={one.part === part ? 'page' : undefined}
              >
                {one.label}
              </Link>
            </Fragment>
          ))}
        </nav>
        <NativeSelect
          className={classes.choose}
          aria-label="Which settings"
          value={part}
          onChange={event => navigate(to.settings(event.currentTarget.value))}
          data={mine.map(one => ({ value: one.part, label: `${one.group}: ${one.label}` }))}
        />
        <div className={classes.content}>
          {chosen ? (
            <Suspense fallback={<TextSkeleton lines={8} />}>
              <chosen.component />
            </Suspense>
          ) : (
            <Empty title="These settings are not yours to change">
              They do not exist, or your role does not reach them. An admin can help.
            </Empty>
          )}
        </div>
      </div>
    </Page>
  )
}
