// A field may be called "submit" and would hide the method of the form.
HTMLFormElement.prototype.submit.call(document.querySelector('form'))
