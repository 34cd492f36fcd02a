/** How one signs in: password, second factor, and where one is signed in now. */
import { PasswordSection } from './password.tsx'
import { SessionsSection } from './sessions.tsx'
import { TwoFactorSection } from './two-factor.tsx'

export default function SignInSettings() {
  return (
    <>
      <PasswordSection />
      <TwoFactorSection />
      <SessionsSection />
    </>
  )
}
