/** A page with about everything that a quote keeps, and some things that it leaves out. */
export const article = `<!doctype html><html lang="en-GB"><body><article>
<h1>Title</h1>
<p id="first">Hello <b>bold </b>and <a href="/x?a=1">a link</a>, <i>it</i>.<br>Next line</p>
<ul><li>One<ul><li>deep</li><li>deeper</li></ul></li><li>Two</li></ul>
<ol><li>a<li>b<li id="third">third item</ol>
<pre><code class="language-js">let x = 1;
  foo();
</code></pre>
<table><tr><th>H1<th>H2<tr><td>a<td>b|c<tr><td>1<td id="last">2</table>
<blockquote>quoted</blockquote>
<div>line 1</div><div>line 2</div><div><br></div><div>line 4</div>
<p>shown<span style="display:none">display</span><span style="visibility:hidden">visibility</span><span
 style="user-select:none">unselectable</span><script>1</script><style>2</style><span aria-hidden="true"> icon</span></p>
<div style="white-space:pre-wrap">kept
  lines</div>
<div style="display:flex"><span>Name</span><span>12:30</span></div>
<p><img src="/p.png" alt="picture" width="90" height="90"><img src="/e.png" alt="😀"><img src="data:," alt="embedded"></p>
</article></body></html>`;

/** The same as Markdown. */
export const articleQuote = (origin: string) => `# Title

Hello **bold** and [a link](${origin}/x?a=1), _it_.  
Next line

- One
  - deep
  - deeper
- Two

1. a
2. b
3. third item

\`\`\`js
let x = 1;
  foo();
\`\`\`

| H1 | H2 |
| - | - |
| a | b\\|c |
| 1 | 2 |

> quoted

line 1  
line 2

line 4

shown icon

kept  
\u00a0\u00a0lines  
Name 12:30

![picture](${origin}/p.png)😀embedded`;
