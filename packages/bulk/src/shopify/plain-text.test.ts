import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test.each([
  ['<p>A "nice" shirt</p>', 'A "nice" shirt'],
  ['<h2>Care</h2>\n<p>Wash <b>cold</b>,<br>dry  flat.</p>', 'Care\nWash cold,\ndry flat.'],
  [
    'Made of<ul>\n  <li>cotton</li>\n  <li>love<ul><li>much</li></ul></li></ul>',
    'Made of\ncotton\nlove\nmuch',
  ],
  ['<table><tr><td>Size</td><td>M</td></tr><tr><td>Fit</td><td>Slim</td></tr></table>', 'Size M\nFit Slim'],
  ['Caf&eacute; &amp; t&#233; &lt;b&gt; &nbsp;&#x1f375; &unknown; AT&T', 'Café & té <b> 🍵 &unknown; AT&T'],
  ['<script>alert("<p>no</p>")</script><STYLE>p{}</STYLE>Yes<iframe src="x">no</iframe>', 'Yes'],
  ['a<!-- <p>no</p> -->b<![CDATA[c]]>', 'ab'],
  ['<p title="a > b" onclick=\'x("<i>")\'>One</p', 'One'],
  ['<p>One<p>Two</div></span><b>Three', 'One\nTwo\nThree'],
  ['2 < 3 and 5 > 4', '2 < 3 and 5 > 4'],
  ['First line\r\nsecond &amp; last', 'First line\nsecond & last'],
  ['<p>One\ntwo</p>', 'One two'],
  ['bell&#7;\u0008', 'bell'],
  ['<script>never closed', ''],
  ['', ''],
])('%j reads %j', (html, text) => {
  expect(plainText(html)).toBe(text)
})

test('a hundred thousand tags that nobody closes, or that nobody opened, take no longer than others', () => {
  const took = (html: string) => {
    const start = process.cpuUsage().user
    plainText(html)
    return (process.cpuUsage().user - start) / 1_000
  }
  // What grows with the square takes a minute.
  for (const piece of ['<i>', '</b>', '<', '&', '<!--', '<p ', ' ', '&#7;', '<script>'])
    expect(took(piece.repeat(500_000 / piece.length))).toBeLessThan(10_000)
  expect(took(`${'<i>'.repeat(100_000)}${'</b>'.repeat(100_000)}`)).toBeLessThan(10_000)
})
