import { connect } from 'node:http2'

const SERVICE = 'temporal.api.workflowservice.v1.WorkflowService'
const SERVING = 1

/**
 * Asks a Temporal server at host:port whether it serves, by the standard health protocol (grpc.health.v1.Health/Check).
 * One request with one string and an answer of one number: written out here so that the launcher need not load a gRPC
 * library (a quarter of a second) only to wait. False on any failure and after `limitMs`.
 */
export function isServing(address: string, limitMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const session = connect(`http://${address}`)
    const timer = setTimeout(() => finish(false), limitMs)
    const finish = (answer: boolean) => {
      clearTimeout(timer)
      session.destroy()
      resolve(answer)
    }
    session.on('error', () => finish(false))
    const request = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    const chunks: Buffer[] = []
    request.on('error', () => finish(false))
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      // Frame: a flag, four bytes of length, then the message: field 1, a varint.
      const answer = Buffer.concat(chunks)
      finish(answer.length >= 7 && answer[5] === 0x08 && answer[6] === SERVING)
    })
    request.end(frame(SERVICE))
  })
}

/** A HealthCheckRequest: field 1, a string, behind gRPC's five bytes. */
function frame(service: string): Buffer {
  const message = Buffer.concat([Buffer.from([0x0a, service.length]), Buffer.from(service)])
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}
