import type { Card, Frame } from './frame.ts'
import { layout } from './layout.ts'
import { fill, languageOf } from './messages.ts'
import { outsideName } from './outside-name.ts'
import { verdict } from './verdict.ts'

export type DeviceDoneModel = Frame & { readonly isApproved: boolean; readonly client?: Card | undefined }

/** Sends the person back to the device. */
export const deviceDonePage = (model: DeviceDoneModel): string => {
  const { messages } = languageOf(model.lang)
  const { client, isApproved } = model
  const connected =
    client === undefined ? messages.deviceConnectedLead : fill(messages.deviceConnectedTo, { client: outsideName(client.name) })
  return layout(model, {
    page: 'device',
    heading: isApproved ? messages.deviceConnected : messages.requestDenied,
    client,
    mark: verdict(isApproved ? 'good' : 'bad'),
    lead: isApproved ? connected : messages.requestDeniedLead,
    body: undefined,
  })
}
