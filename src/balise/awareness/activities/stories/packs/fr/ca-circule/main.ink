// « Ça circule » : une photo privée passe de téléphone en téléphone. On ne la voit jamais.
// À partir de 14 ans : vingt mots par phrase au plus.

// Les indices trouvés : leurs noms sont les codes de story.toml.
VAR hour = false
VAR few = false
VAR dare = false
VAR match = false
VAR lent = false
VAR promise = false
VAR law = false
VAR stop = false

// Ce que la suite doit savoir.
VAR laughed = false
VAR wrote = false
VAR late = false

-> evening

// Dimanche

=== evening ===
# image: passed-evening
# alt: Le soir, Awa est assise sur son lit. Son téléphone s’allume.
# trigger: private-picture
# checkpoint
Tu t’appelles Awa. Dimanche soir, le groupe de la classe s’agite. # id: evening.1
Une photo privée de Lou vient d’y passer. Un carré gris la couvre : pour la voir, il faudrait l’ouvrir. # id: evening.2
Dessous, un message : « Fais tourner. » # id: evening.3
Lou est ton amie. # id: evening.4
+ [Ne pas l’ouvrir, lire les messages autour # id: evening.look] -> looks
+ [Mettre un rire, comme d’autres # id: evening.laugh] -> laugh
+ [Poser le téléphone # id: evening.down] -> night

=== laugh ===
~ laughed = true
# image: passed-alone
# alt: Dans sa chambre, Awa regarde son téléphone, tête baissée.
Ton rire s’ajoute à une longue file de rires. # id: laugh.1
Puis tu penses à Lou. Elle les lit peut-être, un par un. # id: laugh.2
Un rire se retire. Et il reste beaucoup à faire. # id: laugh.3
+ [Retirer ton rire, et chercher ce qui s’est passé # id: laugh.look] -> looks
+ [Retirer ton rire, et poser le téléphone # id: laugh.down] -> night

=== looks ===
~ hour = true
# image: passed-covered
# alt: Un téléphone tenu à deux mains. Une image est couverte : on ne la voit pas.
L’image reste couverte. Tu n’en as pas besoin pour comprendre. # id: looks.1
Le premier message est parti à 18 h 12. # id: looks.2 # clue: hour
Il vient du téléphone de Sacha. Lou et Sacha sont ensemble depuis l’été. # id: looks.3
Dans le groupe, beaucoup accusent déjà Sacha. # id: looks.4
+ [Compter qui a transmis # id: looks.few] -> look_few
+ [Fermer le groupe # id: looks.close] -> night

=== look_few ===
~ few = true
# image: passed-covered
# alt: Un téléphone tenu à deux mains. Une image est couverte : on ne la voit pas.
Tu comptes. Vous êtes vingt. Deux élèves ont transmis la photo. # id: look_few.1 # clue: few
Les dix-huit autres n’ont rien envoyé. Beaucoup se taisent. # id: look_few.2
+ [Fermer le groupe # id: look_few.close] -> night

=== night ===
# image: passed-night
# alt: Dans la chambre d’Awa, la nuit. Le téléphone est posé sur la table, éteint.
# checkpoint
Il est tard. Le groupe continue sans toi. # id: night.1
Tu peux faire quelque chose ce soir, ou demain. Les deux comptent. # id: night.2
+ [Écrire à Lou, en privé # id: night.write] -> private
+ [En parler à ton père # id: night.father] -> kitchen
+ [Dormir # id: night.sleep] -> yard

=== private ===
~ wrote = true
# image: passed-alone
# alt: Dans sa chambre, Awa écrit un message à Lou.
Tu écris à Lou : « J’ai vu le groupe. Je n’ai rien ouvert, rien transmis. Je suis là. » # id: private.1
{ laughed:
    Tu ajoutes : « J’avais mis un rire. Je l’ai retiré. Pardon. » # id: private.2
}
Elle répond tard. # id: private.3
Merci. Je n’ose plus regarder mon téléphone. # id: private.4 # speaker: Lou
+ {not law} [En parler aussi à ton père # id: private.father] -> kitchen
+ [Dormir # id: private.sleep] -> yard

=== kitchen ===
~ law = true
# image: passed-kitchen
# alt: Dans la cuisine, un père écoute sa fille. Le téléphone est posé, éteint.
Ton père pose son torchon et s’assoit. Il ne demande pas à voir la photo. # id: kitchen.1
Lou n’a rien fait de mal. Elle a besoin qu’on l’aide, et toi aussi. # id: kitchen.2 # speaker: Papa
Au lycée, des adultes sont là pour ça. Il y a aussi le 3018. # id: kitchen.3 # speaker: Papa
Et la loi la protège. Partager sans son accord est interdit, même si elle a envoyé la photo. # id: kitchen.4 # speaker: Papa # clue: law
Il te demande ce que tu veux faire. Ton téléphone reste à toi. # id: kitchen.5
+ {not wrote} [Écrire à Lou avant de dormir # id: kitchen.write] -> private
+ [Dormir # id: kitchen.sleep] -> yard

// Lundi

=== yard ===
~ laughed = false
# image: passed-yard
# alt: Dans la cour, trois élèves regardent un téléphone. Une fille s’éloigne, tête baissée.
# checkpoint
Lundi, dans la cour. Trois élèves entourent un téléphone. Lou s’éloigne. # id: yard.1
On dit partout que c’est Sacha. # id: yard.2
La journée est longue. Que veux-tu voir avant le bus du soir ? # id: yard.3
+ {not dare} [T’approcher des trois élèves # id: yard.group] -> group_door
+ {not match} [Lire le panneau du club de sport # id: yard.gym] -> gym
+ {not lent} [Chercher Sacha à la bibliothèque # id: yard.sacha] -> sacha
+ [Aller à l’arrêt de bus, où Lou attend # id: yard.bus] -> bus

=== group_door ===
# image: passed-yard
# alt: Dans la cour, trois élèves regardent un téléphone. Une fille s’éloigne, tête baissée.
La scène qui vient est plus difficile : un élève se moque de Lou. # id: group_door.1
La passer ne change rien à la suite. # id: group_door.2
+ [Lire la scène # id: group_door.read] -> group
+ [Passer la scène # id: group_door.skip] -> group_after

=== group ===
# image: passed-group
# alt: Dans la cour, un garçon montre son téléphone. Un autre garde ses distances.
# hard
Elle n’avait qu’à pas l’envoyer. # id: group.1 # speaker: Ilan
Elle l’a envoyée à une personne. Pas à toi. # id: group.2 # speaker: Noé
Personne ne rit plus. Noé a raison : envoyer, c’était le choix de Lou. Partager, c’est celui d’un autre. # id: group.3
+ {law} [Ajouter : « C’est interdit, même si elle l’a envoyée. » # id: group.law] -> group_law
+ [Faire un signe à Noé, et partir # id: group.leave] -> group_after
+ [Passer la suite # id: group.skip] -> group_after

=== group_law ===
# image: passed-law
# alt: Dans la cour, un garçon baisse la tête. Un autre se tient près d’Awa.
Ilan range son téléphone. # id: group_law.1
Tu n’as pas eu à crier. Noé était à côté de toi. # id: group_law.2
Rien ne t’obligeait à le faire. D’autres gestes comptent autant. # id: group_law.3
+ [Rejoindre Noé # id: group_law.next] -> group_after

=== group_after ===
~ dare = true
# image: passed-tree
# alt: Sous un arbre, Awa et Noé parlent, à l’écart des autres.
# checkpoint
Noé te rejoint sous l’arbre. # id: group_after.1
Hier, à 18 h 10, un élève d’une autre classe a écrit à Ilan : « Cap ou pas cap ? » # id: group_after.2 # speaker: Noé # clue: dare
Moi, je n’ai rien envoyé. La plupart non plus. # id: group_after.3 # speaker: Noé
{ not few:
    Vous comptez ensemble. Sur vingt élèves, deux ont transmis. # id: group_after.4 # clue: few
}
~ few = true
J’ai écrit à Lou, en privé. Devant tout le monde, je n’aurais pas su. # id: group_after.5 # speaker: Noé
+ [Revenir dans la cour # id: group_after.back] -> yard
+ [Aller à l’arrêt de bus, où Lou attend # id: group_after.bus] -> bus

=== gym ===
~ match = true
# image: passed-board
# alt: Dans un couloir, Awa lit le panneau du club de sport.
La feuille de match dit : dimanche, de 18 h à 19 h. # id: gym.1
Sacha a joué toute l’heure, sans sortir. # id: gym.2 # clue: match
Une autre ligne dit : « Film du match : Ilan. » # id: gym.3
+ {hour} [Chercher Sacha, avec ce que tu sais # id: gym.sacha] -> sacha
+ [Revenir dans la cour # id: gym.back] -> yard

=== sacha ===
# image: passed-library
# alt: À la bibliothèque, Sacha est au fond, tête baissée. Awa s’approche.
# checkpoint
Sacha est au fond, devant un livre fermé. # id: sacha.1
Ce n’est pas moi qui l’ai partagée. Personne ne me croit. # id: sacha.2 # speaker: Sacha
+ {hour and match} [« À 18 h 12, tu jouais. Je te crois. » # id: sacha.believe] -> sacha_tells
+ [« Je t’écoute. » # id: sacha.listen] -> sacha_waits
+ [Revenir dans la cour # id: sacha.back] -> yard

=== sacha_waits ===
# image: passed-library
# alt: À la bibliothèque, Sacha est au fond, tête baissée. Awa s’approche.
Sacha se tait longtemps. # id: sacha_waits.1
J’étais au match. Regarde la feuille. Regarde l’heure du message. # id: sacha_waits.2 # speaker: Sacha
+ {hour and match} [« À 18 h 12, tu jouais. Je te crois. » # id: sacha_waits.believe] -> sacha_tells
+ [Revenir dans la cour # id: sacha_waits.back] -> yard

=== sacha_tells ===
~ lent = true
# image: passed-told
# alt: À la bibliothèque, Sacha relève la tête et parle à Awa.
Sacha relève la tête. # id: sacha_tells.1
J’avais prêté mon téléphone à Ilan, pour filmer le match. # id: sacha_tells.2 # speaker: Sacha # clue: lent
Lou me faisait confiance. J’ai honte de le raconter. # id: sacha_tells.3 # speaker: Sacha
Tu réponds qu’un adulte peut l’entendre, et que tu peux venir aussi. # id: sacha_tells.4
+ [Revenir dans la cour # id: sacha_tells.back] -> yard
+ [Aller à l’arrêt de bus, où Lou attend # id: sacha_tells.bus] -> bus

=== bus ===
# image: passed-shelter
# alt: Il pleut. Lou est assise sous l’abribus. Awa arrive.
# checkpoint
Lou est sous l’abribus. Depuis ce matin, peu de gens lui parlent. # id: bus.1
{ wrote:
    Ton message, je l’ai lu dix fois. # id: bus.2 # speaker: Lou
- else:
    Tu l’as reçue aussi, hein ? # id: bus.3 # speaker: Lou
}
+ [T’asseoir à côté d’elle, sans rien demander # id: bus.sit] -> sit
+ [Lui écrire ce soir, en privé # id: bus.write] -> write
+ [Prendre ton bus, tu ne sais pas quoi dire # id: bus.leave] -> empty

=== sit ===
# image: passed-bus
# alt: Il pleut. Une amie s’assoit à côté de l’adolescente sous l’abribus.
Tu t’assois. Tu ne poses pas de question. La pluie tombe. # id: sit.1
Au bout d’un moment, Lou voudrait raconter. # id: sit.2
La scène qui vient est plus difficile. La passer ne change rien à la suite. # id: sit.3
+ [L’écouter # id: sit.listen] -> told
+ [Passer la scène # id: sit.skip] -> told_after

=== told ===
# image: passed-bus
# alt: Il pleut. Deux amies sont assises sous l’abribus, tout près.
# hard
Je l’ai envoyée à Sacha. À une seule personne. # id: told.1 # speaker: Lou
Maintenant, on me regarde comme si j’avais fait quelque chose. # id: told.2 # speaker: Lou
Tu ne demandes pas ce qu’on y voit. Cela ne regarde qu’elle. # id: told.3
+ {few} [« Deux sur vingt ont transmis. Les autres, non. » # id: told.few] -> told_few
+ [« Ce n’est pas ta faute. » # id: told.fault] -> told_after
+ [Rester là, sans parler # id: told.stay] -> told_after
+ [Passer la suite # id: told.skip] -> told_after

=== told_few ===
# image: passed-bus
# alt: Il pleut. Deux amies sont assises sous l’abribus, tout près.
Deux ? Je croyais que c’était tout le monde. # id: told_few.1 # speaker: Lou
Elle respire un peu mieux. # id: told_few.2
+ [Attendre son bus avec elle # id: told_few.wait] -> told_after

=== told_after ===
# image: passed-bus
# alt: Il pleut. Deux amies sont assises sous l’abribus, tout près.
# checkpoint
Lou l’avait envoyée à une seule personne, qui avait promis de la garder. # id: told_after.1 # clue: promise
~ promise = true
Son bus arrive. De la vitre, elle te fait signe. # id: told_after.2
Demain, tu veux en parler à un adulte. Elle est d’accord. # id: told_after.3
+ [Aller au mardi matin # id: told_after.next] -> desk

=== write ===
~ promise = true
# image: passed-alone
# alt: Dans sa chambre, Awa écrit un message à Lou.
Tu cherches tes mots, puis tu écris à Lou. # id: write.1
{ late:
    « Hier, je n’ai rien dit. Je ne savais pas quoi dire. Je suis là. » # id: write.2
- else:
    « Je suis là. Tu n’as rien à m’expliquer. » # id: write.3
}
Merci. Je l’avais envoyée à une seule personne. Elle avait promis de la garder. # id: write.4 # speaker: Lou # clue: promise
Tu proposes d’en parler à un adulte. Elle répond : « D’accord. » # id: write.5
+ [Chercher un adulte au lycée # id: write.next] -> desk

=== empty ===
~ late = true
# image: passed-empty
# alt: En classe, la place de Lou est vide. Awa la regarde.
# checkpoint
Mardi matin, la place de Lou est vide. # id: empty.1
Hier, les mots ne sont pas venus. Cela arrive à beaucoup de gens. # id: empty.2
Il est encore temps. # id: empty.3
+ [Lui écrire maintenant # id: empty.write] -> write
+ [Chercher un adulte au lycée # id: empty.adult] -> desk

// Mardi

=== desk ===
~ wrote = false
# image: passed-desk
# alt: Au bureau de la vie scolaire, un adulte garde les yeux sur ses papiers. Awa attend.
# checkpoint
Mardi, tu frappes à la vie scolaire. M. Doucet cherche une clé. # id: desk.1
Les histoires de téléphone, ça se règle dehors. Repasse demain. # id: desk.2 # speaker: M. Doucet
Il n’a pas entendu. Toi, tu as bien fait de parler. # id: desk.3
Un adulte qui n’entend pas, cela arrive. Il y en a d’autres. # id: desk.4
+ [Aller à l’infirmerie # id: desk.nurse] -> nurse
+ [Appeler ton père # id: desk.father] -> father
+ [Appeler le 3018 avec Lou, ce soir # id: desk.call] -> call

=== father ===
# image: passed-corridor
# alt: Dans le couloir du lycée, Awa téléphone. Elle relève la tête.
Ton père décroche tout de suite. # id: father.1
{ law:
    Tu as bien fait d’insister. J’appelle le lycée tout de suite. # id: father.2 # speaker: Papa
- else:
    Tu as bien fait de m’appeler. Lou n’a rien fait de mal. # id: father.3 # speaker: Papa
    Partager sans son accord est interdit, même si elle a envoyé la photo. # id: father.4 # speaker: Papa # clue: law
}
~ law = true
Va voir Mme Arnal, l’infirmière. Elle prend le temps. # id: father.5 # speaker: Papa
+ [Aller à l’infirmerie # id: father.nurse] -> nurse
+ [Appeler le 3018 avec Lou, ce soir # id: father.call] -> call

=== nurse ===
# image: passed-nurse
# alt: Dans un bureau clair, une infirmière scolaire écoute Awa.
# checkpoint
# help: 3018
Mme Arnal ferme la porte et s’assoit en face de toi. # id: nurse.1
Merci de me le dire. Je n’ai pas besoin de voir la photo. # id: nurse.2 # speaker: Mme Arnal
Je dois en parler à la direction. Avant, je te dis ce que je vais faire. # id: nurse.3 # speaker: Mme Arnal
Une image se signale sans la montrer. Un outil en calcule l’empreinte, l’image reste sur le téléphone. # id: nurse.4 # speaker: Mme Arnal # clue: stop
~ stop = true
{ not law:
    Et la loi protège Lou. Partager sans son accord est interdit, même si elle a envoyé la photo. # id: nurse.5 # speaker: Mme Arnal # clue: law
}
~ law = true
+ [Proposer à Lou de venir # id: nurse.lou] -> door
+ {lent} [Revenir avec Sacha # id: nurse.sacha] -> repair_talk
+ [Appeler le 3018 avec Lou, ce soir # id: nurse.call] -> call

=== door ===
# image: passed-door
# alt: Deux amies devant la porte de l’infirmerie. De la lumière passe.
# checkpoint
La porte de l’infirmerie est entrouverte. # id: door.1
{ late:
    Le lendemain, Lou est revenue. Elle hésite à entrer. # id: door.2
    Je pensais que tu m’évitais. # id: door.3 # speaker: Lou
    Tu réponds : « Je ne savais pas quoi dire. Maintenant, je suis là. » # id: door.4
- else:
    Lou est là. Elle hésite à entrer. # id: door.5
    Tu peux venir avec moi ? # id: door.6 # speaker: Lou
}
+ {not late} [Entrer avec elle # id: door.enter] -> shore
+ {late} [Entrer avec elle, même tard # id: door.late] -> in_time
+ [Lui dire que la porte reste ouverte, demain aussi # id: door.open] -> her_time

=== repair_talk ===
# image: passed-repair
# alt: Dans un bureau clair, Sacha parle. L’infirmière et Awa écoutent.
# checkpoint
Sacha raconte le match, et le téléphone prêté. # id: repair_talk.1
Aller voir Ilan, c’est notre travail d’adultes. Pas le vôtre. # id: repair_talk.2 # speaker: Mme Arnal
Ilan viendra avec ses parents. On lui expliquera la loi, et ce qu’il peut réparer. # id: repair_talk.3 # speaker: Mme Arnal
Et Lou ? Je lui dois la vérité. # id: repair_talk.4 # speaker: Sacha
+ [Demander d’abord à Lou ce qu’elle veut # id: repair_talk.ask] -> repair
+ [Laisser Mme Arnal en parler à Lou # id: repair_talk.nurse] -> repair

=== call ===
# image: passed-call
# alt: Deux amies dans une cuisine, le soir. Un téléphone est posé entre elles.
# checkpoint
# help: 3018
Lou met le haut-parleur. Une voix calme répond. Elle ne demande ni nom, ni photo. # id: call.1
Vous avez bien fait d’appeler. Lou, ce n’est pas ta faute. # id: call.2 # speaker: La voix du 3018
{ not stop:
    On peut demander le retrait d’une image sans la montrer. Le résultat n’est jamais promis. # id: call.3 # speaker: La voix du 3018 # clue: stop
}
~ stop = true
{ not law:
    Partager sans ton accord est interdit, même si tu as envoyé la photo. # id: call.4 # speaker: La voix du 3018 # clue: law
}
~ law = true
Un adulte du lycée peut aussi t’aider. Lequel choisirais-tu ? # id: call.5 # speaker: La voix du 3018
+ [Lou choisit l’infirmière # id: call.nurse] -> voice
+ [Lou choisit ton père # id: call.father] -> voice

// Fins : le phare est allumé.

=== shore ===
# image: passed-shore
# alt: Au lever du soleil, deux amies sont assises sur une jetée, face au phare allumé.
# ending: shore
# debrief: shore
# help: 3018
Lou n’est plus seule avec ça. Mme Arnal l’a écoutée, sans regarder la photo. # id: shore.1
La photo ne tourne plus dans la classe. Le retrait est demandé. # id: shore.2
Le week-end, Lou et toi regardez la mer. # id: shore.3
-> END

=== repair ===
# image: passed-repaired
# alt: Au lever du soleil, trois amis sont debout sur une jetée. Le phare est allumé.
# ending: repair
# debrief: repair
# help: 3018
Lou a voulu entendre Sacha, avec Mme Arnal. Sacha a dit la vérité. # id: repair.1
Ilan a effacé la photo et reconnu ce qu’il a fait. Les adultes suivent l’affaire. # id: repair.2
Personne n’oblige Lou à pardonner. Elle décide, à son rythme. # id: repair.3
-> END

=== voice ===
# image: passed-voice
# alt: Le soir, deux amies et un adulte sont près d’une fenêtre. Au loin, le phare est allumé.
# ending: voice
# debrief: voice
# help: 3018
Le retrait est demandé. Lou sait qui rappeler. # id: voice.1
Demain, l’adulte qu’elle a choisi l’attend. # id: voice.2
Lou a parlé une première fois. La deuxième sera moins lourde. # id: voice.3
-> END

=== in_time ===
# image: passed-dawn
# alt: Tôt le matin, deux amies marchent sur le quai. Le phare est allumé.
# ending: in-time
# debrief: in-time
# help: 3018
Tu n’as pas parlé tout de suite. Tu as parlé quand même. # id: in_time.1
Mme Arnal a écouté Lou. La direction s’en occupe, et le retrait est demandé. # id: in_time.2
Lou te dit que ton retard compte moins que ta venue. # id: in_time.3
-> END

=== her_time ===
# image: passed-quay
# alt: Une amie attend sur le quai, une autre arrive. Le phare est allumé.
# ending: her-time
# debrief: her-time
# help: 3018
Lou n’est pas entrée aujourd’hui. Elle sait où est la porte. # id: her_time.1
Mme Arnal agit déjà : l’image ne doit plus tourner. # id: her_time.2
Jeudi, Lou t’écrit : « J’y vais. Tu m’attends ? » Tu l’attends. # id: her_time.3
-> END
