/** Why some changes carry no If-Match: sentences for the document. Every other change needs one; test/api/frame.test.ts looks. */

/** Ending something is the same whatever state it was in, and must not wait for a second look. */
export const ENDS = 'it ends something for good, whatever state that is in, and ending it twice is once.'
export const STOPS =
  'a stop must take effect at once, and never fail because somebody else changed something meanwhile.'
export const BY_HASH = 'the hash of what was looked at stands in its place: another content is refused.'
export const APPENDS = 'it adds to what was said before and changes nothing of it.'
export const ASKS = 'it changes nothing.'
export const OWN_SECRET =
  'it is about one’s own sign-in, and what was known before is shown instead (a password, a code, a session).'
export const SENDS = 'it sends something and changes no record of ours.'
export const SPARES =
  'each field is compared with what the run had written: what people edited since is spared, and told.'
export const BY_STATE = 'it takes a record that is still open: whoever comes second is told that it was decided.'
export const BY_SEEN = 'what one saw stands in its place: where it is another by now, the change is refused.'
export const BY_BYTES = 'the file names itself by its bytes: sent again it goes on, or merges.'
export const BY_MESSAGE_ID = 'its Message-ID says which mail it is: sent again it is the same one.'
