/**
 * Adds amplitude × sin(2π · frequency · t + phase). The sine is turned from sample to sample by one complex
 * multiplication, in blocks, so that rounding cannot add up.
 * @param frequency, samplingFrequency Hz
 * @param phase rad
 */
export function addOscillation(
  samples: Float32Array | Float64Array,
  amplitude: number,
  frequency: number,
  phase: number,
  samplingFrequency: number,
): void {
  if (amplitude === 0) return;
  const turn = (2 * Math.PI * frequency) / samplingFrequency;
  const [turnCosine, turnSine] = [Math.cos(turn), Math.sin(turn)];
  const block = 1024;
  for (let start = 0; start < samples.length; start += block) {
    let cosine = amplitude * Math.cos(phase + turn * start);
    let sine = amplitude * Math.sin(phase + turn * start);
    const end = Math.min(samples.length, start + block);
    for (let index = start; index < end; index++) {
      samples[index] += sine;
      const next = sine * turnCosine + cosine * turnSine;
      cosine = cosine * turnCosine - sine * turnSine;
      sine = next;
    }
  }
}
