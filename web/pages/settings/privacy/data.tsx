/** Data of one person: all of it for them to have, or erased for good with a receipt; and legal holds that forbid that. */
import { Erasures } from './erasures.tsx'
import { Holds } from './holds.tsx'
import { PersonData } from './person-data.tsx'

export default function PrivacySettings() {
  return (
    <>
      <PersonData />
      <Holds />
      <Erasures />
    </>
  )
}
