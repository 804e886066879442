package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;

/**
 * Domain enums whose constants stand in the order of the wire's numbers, from 1; 0 is "unspecified"
 * on the wire and has no constant.
 */
final class WireEnums {

  private WireEnums() {}

  static <E> E fromNumber(E[] constants, int number, String field)
      throws InvalidProtocolBufferException {
    if (number < 1 || number > constants.length) {
      throw new InvalidProtocolBufferException(
          "Field \""
              + field
              + "\" holds "
              + number
              + ", but this version knows 1 to "
              + constants.length);
    }
    return constants[number - 1];
  }
}
