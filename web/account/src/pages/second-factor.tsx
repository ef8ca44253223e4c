import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { Factors } from '@custom-identity-platform/sdk'
import { useMessages } from '../account-context.tsx'
import { AuthenticatorApp } from '../authenticator-app.tsx'
import { Loaded, PageHead } from '../parts.tsx'
import { useFactors } from '../queries.ts'
import { RecoveryRow } from '../recovery-row.tsx'

type SentProps = { readonly icon: IconName; readonly title: string; readonly text: string; readonly isThere: boolean }

/** A code that is sent: there is nothing to set up but the address. */
const SentCode = ({ icon, title, text, isThere }: SentProps) => {
  const { secondFactor } = useMessages()
  const pill = <Pill kind={isThere ? 'good' : 'plain'}>{isThere ? secondFactor.available : secondFactor.unavailable}</Pill>
  return <Row mark={<Icon name={icon} />} title={title} pill={pill} lines={[text]} />
}

const Methods = ({ factors }: { readonly factors: Factors }) => {
  const { secondFactor, pages } = useMessages()
  return (
    <Rows label={pages.secondFactor}>
      <AuthenticatorApp totp={factors.totp} />
      <RecoveryRow left={factors.recovery_codes.left} />
      <SentCode icon="mail" title={secondFactor.email} text={secondFactor.emailText} isThere={factors.email_code} />
      {factors.sms_code ? <SentCode icon="phone" title={secondFactor.sms} text={secondFactor.smsText} isThere /> : null}
    </Rows>
  )
}

export const Page = () => {
  const { pages, secondFactor } = useMessages()
  return (
    <>
      <PageHead title={pages.secondFactor}>
        {secondFactor.intro} {secondFactor.passkeysToo}
      </PageHead>
      <Panel isOnlyOne title={pages.secondFactor}>
        <Loaded query={useFactors()}>{(factors) => <Methods factors={factors} />}</Loaded>
      </Panel>
    </>
  )
}
