/** A receiver is an address of the web like any other; whether it may be reached is decided when it is called. */
export {
  IsWebAddress as IsReceiverUrl,
  isWebAddress as isReceiverUrl,
  MAX_WEB_ADDRESS_CHARACTERS as MAX_RECEIVER_URL_CHARACTERS,
} from '#platform/http';
