// The spectrogram's colours: lightness rises (dark) or falls (light) evenly in OKLab, so that equal steps of level look
// equal, and differ in grey as well. https://bottosson.github.io/posts/oklab/ has the conversion.

const DARK = { from: [0.17, 0.03, 275], to: [0.97, 0.09, 100], chroma: 0.15 };
const LIGHT = { from: [0.985, 0.005, 250], to: [0.24, 0.06, 285], chroma: 0.13 };

/** 256 colours as RGBA in memory order, for an ImageData's 32-bit view on a little-endian machine. */
export function colourMap(dark) {
  const { from, to, chroma } = dark ? DARK : LIGHT;
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const t = i / 255;
    const hump = chroma * Math.sin(Math.PI * t);
    const [l, c, h] = from.map((value, at) => value + t * (to[at] - value));
    const [r, g, b] = srgb(l, Math.max(c, hump), h);
    return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
  });
}

function srgb(lightness, chroma, hue) {
  const a = chroma * Math.cos(hue * Math.PI / 180);
  const b = chroma * Math.sin(hue * Math.PI / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  ].map(encode);
}

/** Gamma, and within what a screen can show. */
function encode(linear) {
  const x = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055));
}
