const onward = () => location.replace(document.querySelector('#continue').href)

// The load event of a page waits for its frames. A frame that never answers holds nobody longer than this.
addEventListener('load', onward)
setTimeout(onward, 4000)
