"""Watch and stop (`watching`), take turns (`claiming`), write down what was seen (`noting`),
count removals (`counting`).
"""
