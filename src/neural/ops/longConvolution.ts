import * as tf from "@tensorflow/tfjs-core";
import { type ConstantMatrix, constantMatrix, matMulConstant } from "./matMulConstant.ts";

/** The Fourier transform of signals of one length, and back, as constant matrices. */
export interface LongConvolution {
  /**
   * Every output sees all inputs before it and itself: y[b, t, c] = Σₛ k[s, c] · x[b, t − s, c].
   * @param signal `[batch, time, channels]`
   * @param kernel `[time, channels]`
   * @returns `[batch, time, channels]`
   */
  convolve(signal: tf.Tensor3D, kernel: tf.Tensor2D): tf.Tensor3D;
  dispose(): void;
}

/**
 * Convolution with kernels as long as the signal, as S4 and Mega need it: through the Fourier transform of twice the
 * length, so that nothing wraps around. tfjs's own transform has no gradient on any backend; as a product with constant
 * cosines and sines it has one everywhere, at time² instead of time · log time, which for a thousand samples is still a
 * small part of a step.
 */
export function longConvolution(length: number): LongConvolution {
  const size = 2 * length;
  const bins = length + 1;
  const angle = (bin: number, time: number) => (2 * Math.PI * ((bin * time) % size)) / size;
  // The inverse of a real signal's half spectrum: all bins but the first and the last stand for two.
  const weight = (bin: number) => (bin === 0 || bin === length ? 1 : 2) / size;
  const cosines = constantMatrix(length, bins, (time, bin) => Math.cos(angle(bin, time)));
  const sines = constantMatrix(length, bins, (time, bin) => -Math.sin(angle(bin, time)));
  const back = {
    real: constantMatrix(bins, length, (bin, time) => weight(bin) * Math.cos(angle(bin, time))),
    imaginary: constantMatrix(bins, length, (bin, time) => -weight(bin) * Math.sin(angle(bin, time))),
  };
  const constants: readonly ConstantMatrix[] = [cosines, sines, back.real, back.imaginary];
  return {
    convolve: (signal, kernel) =>
      tf.tidy(() => {
        // [batch, channels, time], so that the transform runs over the last axis.
        const x = tf.transpose(signal, [0, 2, 1]);
        const k = tf.transpose(kernel);
        const [xr, xi] = [matMulConstant(x, cosines), matMulConstant(x, sines)];
        const [kr, ki] = [matMulConstant(k, cosines), matMulConstant(k, sines)];
        const real = tf.sub(tf.mul(xr, kr), tf.mul(xi, ki));
        const imaginary = tf.add(tf.mul(xr, ki), tf.mul(xi, kr));
        const y = tf.add(matMulConstant(real, back.real), matMulConstant(imaginary, back.imaginary));
        return tf.transpose(y, [0, 2, 1]) as tf.Tensor3D;
      }),
    dispose: () => {
      for (const { matrix, transposed } of constants) tf.dispose([matrix, transposed]);
    },
  };
}
