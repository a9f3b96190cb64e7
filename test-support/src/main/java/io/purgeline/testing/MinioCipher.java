package io.purgeline.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How MinIO's admin interface wants bodies encrypted: salt, algorithm, nonce, one AES-GCM fragment
 * (madmin's EncryptData in its FIPS form, which needs no Argon2).
 */
final class MinioCipher {

  private static final byte PBKDF2_AES_GCM = 2;
  private static final int ROUNDS = 8192;
  private static final int FRAGMENT = 16 * 1024;
  private static final byte LAST = (byte) 0x80;

  private MinioCipher() {}

  static byte[] encrypt(String password, String text) {
    var plain = text.getBytes(StandardCharsets.UTF_8);
    if (plain.length > FRAGMENT) {
      throw new IllegalArgumentException("longer than one fragment");
    }
    try {
      return encrypt(password, plain, random(32), random(8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encrypt(String password, byte[] plain, byte[] salt, byte[] nonce)
      throws GeneralSecurityException {
    var spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 256);
    var secret = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
    var key = new SecretKeySpec(secret.getEncoded(), "AES");
    // Fragment 0 authenticates the stream; its tag is part of what every later fragment binds.
    var binding = new ByteArrayOutputStream();
    binding.write(LAST);
    binding.writeBytes(seal(key, nonce, 0, new byte[0], new byte[0]));
    var out = new ByteArrayOutputStream();
    out.writeBytes(salt);
    out.write(PBKDF2_AES_GCM);
    out.writeBytes(nonce);
    out.writeBytes(seal(key, nonce, 1, binding.toByteArray(), plain));
    return out.toByteArray();
  }

  private static byte[] seal(
      SecretKeySpec key, byte[] nonce, int sequence, byte[] binding, byte[] plain)
      throws GeneralSecurityException {
    var full = ByteBuffer.wrap(Arrays.copyOf(nonce, 12)).order(ByteOrder.LITTLE_ENDIAN);
    full.putInt(8, sequence);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, full.array()));
    cipher.updateAAD(binding);
    return cipher.doFinal(plain);
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
