/** A file comes in: looked at first, with what each column is taken for; then imported; what could not be used is given back to mend. */
import { useParams } from 'wouter'
import { Page } from '../../parts/page.tsx'
import { Imports } from './imports.tsx'
import { OneImport } from './one-import.tsx'
import { Wizard } from './wizard.tsx'
import classes from './import.module.css'

export default function ImportPage() {
  const { id } = useParams<{ id?: string }>()
  return (
    <Page
      title="Import"
      about="Leads, companies, people, deals or products, from a CSV, TSV or JSON lines file of any system"
    >
      <div className={classes.parts}>
        {id ? <OneImport id={id} /> : <Wizard />}
        <Imports chosen={id} />
      </div>
    </Page>
  )
}
