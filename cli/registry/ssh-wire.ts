/** Numbers of four bytes, and strings that say their length: the encoding of RFC 4251, section 5. */

/** What was read is not in this encoding, or not what had to stand there. */
export class SshFormatError extends Error {
  override readonly name = 'SshFormatError';
}

export function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function string(bytes: Uint8Array): Buffer {
  return Buffer.concat([number(bytes.length), bytes]);
}

/** Every method throws SshFormatError where the bytes do not hold what it reads. */
export interface SshReader {
  byte(): number;
  number(): number;
  string(): Buffer;
  /** Nothing follows. */
  end(): void;
}

export function reading(bytes: Buffer): SshReader {
  let offset = 0;
  function take(length: number): Buffer {
    if (length > bytes.length - offset) throw new SshFormatError('it ends too early');
    offset += length;
    return bytes.subarray(offset - length, offset);
  }
  const reader: SshReader = {
    byte: () => take(1).readUInt8(),
    number: () => take(4).readUInt32BE(),
    string: () => take(reader.number()),
    end() {
      if (offset !== bytes.length) throw new SshFormatError('something follows');
    },
  };
  return reader;
}
