// « Ce n'est pas moi » : un faux compte se moque de la classe au nom d'Inès.
// De 11 à 13 ans : quinze mots par phrase au plus.

// Les indices trouvés : leurs noms sont les codes de story.toml.
VAR new = false
VAR picture = false
VAR hour = false
VAR pool = false
VAR ends = false
VAR left_out = false
VAR proof = false
VAR law = false

// Ce que la suite doit savoir.
VAR admitted = false
VAR late = false

-> account

// Mercredi

=== account ===
# image: account-page
# alt: Un téléphone tenu à deux mains. On y voit la page d’un compte, sans visage.
# trigger: harassment
# checkpoint
Tu t’appelles Sami. Mercredi soir, ton téléphone vibre. # id: account.1
Un compte au nom d’Inès se moque de toute la classe. # id: account.2
Inès est ton amie. Cela ne lui ressemble pas. # id: account.3
+ [Regarder la page de plus près # id: account.look] -> page
+ [Répondre tout de suite, avec colère # id: account.answer] -> answer
+ [Poser le téléphone # id: account.down] -> night

=== answer ===
# image: account-alone
# alt: Dans sa chambre, Sami regarde son téléphone, tête baissée.
Tu écris : « Tu es nulle, Inès. » Ta réponse part. # id: answer.1
Puis tu relis le message. Inès n’écrit jamais comme ça. # id: answer.2
Tu effaces ta réponse. On peut se tromper, et le dire. # id: answer.3
+ [Écrire à Inès pour t’excuser # id: answer.sorry] -> message
+ [Regarder la page de plus près # id: answer.look] -> page

=== page ===
~ new = true
~ picture = true
# image: account-page
# alt: Un téléphone tenu à deux mains. On y voit la page d’un compte, sans visage.
Le compte existe depuis samedi seulement. # id: page.1 # clue: new
Le portrait est découpé dans la photo de classe. # id: page.2 # clue: picture
Toute la classe a cette photo. C’est donc quelqu’un d’ici. # id: page.3
+ [Regarder l’heure des messages # id: page.hour] -> page_hour
+ [Fermer la page # id: page.close] -> night

=== page_hour ===
~ hour = true
# image: account-page
# alt: Un téléphone tenu à deux mains. On y voit la page d’un compte, sans visage.
Le dernier message date d’hier, mardi, à 16 h 40. # id: page_hour.1 # clue: hour
Où était Inès, mardi à 16 h 40 ? Elle seule peut le dire. # id: page_hour.2
+ [Fermer la page # id: page_hour.close] -> night

=== night ===
# image: account-night
# alt: Le soir, Sami est assis sur son lit. Le téléphone est posé, éteint.
# checkpoint
Tu as envie de faire quelque chose. Mais quoi ? # id: night.1
+ [En parler à ta mère # id: night.mother] -> mother
+ [Écrire à Inès, en privé # id: night.message] -> message
+ [Dormir # id: night.sleep] -> yard

=== message ===
# image: account-alone
# alt: Dans sa chambre, Sami écrit un message à Inès.
Tu écris : « J’ai vu le compte. Pardon si j’y ai cru. Ça va ? » # id: message.1
Ce n’est pas moi ! Je n’ai même pas de compte. # id: message.2 # speaker: Inès
Tu réponds : « Je te crois. » Elle t’envoie un cœur. # id: message.3
+ {not proof} [En parler aussi à ta mère # id: message.mother] -> mother
+ [Dormir # id: message.sleep] -> yard

=== mother ===
~ proof = true
# image: account-mother
# alt: Dans la cuisine, une mère et son fils sont assis côte à côte. Elle écoute.
Ta mère s’assoit. Elle ne gronde pas, elle écoute. # id: mother.1
Inès doit avoir de la peine. On va l’aider. # id: mother.2 # speaker: Maman
On garde une trace : le nom du compte, la page, le jour, l’heure. # id: mother.3 # speaker: Maman # clue: proof
Demain, on le dit au collège. Ce n’est pas à toi de tout régler. # id: mother.4 # speaker: Maman
+ [Écrire à Inès avant de dormir # id: mother.message] -> message
+ [Dormir # id: mother.sleep] -> yard

// Jeudi

=== yard ===
# image: account-yard
# alt: Dans la cour, un groupe tourne le dos à une fille. Elle est assise à l’écart.
# checkpoint
Jeudi matin. Inès est à l’écart. Maya et d’autres lui tournent le dos. # id: yard.1
Théo lit sur un banc. Lina, elle, regarde Inès. # id: yard.2
À qui parles-tu avant midi ? # id: yard.3
+ {not pool} [À Inès # id: yard.ines] -> ines
+ {not ends} [À Maya, qui est en colère # id: yard.maya] -> maya_door
+ {not admitted} [À Théo # id: yard.theo] -> theo
+ [C’est midi : chercher un adulte # id: yard.noon] -> office

=== ines ===
~ pool = true
# image: account-wall
# alt: Dans la cour, Sami s’assoit à côté d’Inès.
Tu t’assois près d’elle. Tu ne dis rien d’abord. # id: ines.1
Tout le monde croit que c’est moi. # id: ines.2 # speaker: Inès
Mardi, je nage de 16 h 30 à 17 h 30. Sans téléphone ! # id: ines.3 # speaker: Inès # clue: pool
Tu lui dis que tu la crois. Ses épaules se relèvent. # id: ines.4
+ [Revenir dans la cour # id: ines.back] -> yard

=== maya_door ===
# image: account-yard
# alt: Dans la cour, un groupe tourne le dos à une fille. Elle est assise à l’écart.
La scène qui vient est plus difficile : Maya parle mal à Inès. # id: maya_door.1
La passer ne change rien à la suite. # id: maya_door.2
+ [Lire la scène # id: maya_door.read] -> maya
+ [Passer la scène # id: maya_door.skip] -> lina

=== maya ===
# image: account-maya
# alt: Dans la cour, une fille en montre une autre du doigt. Une troisième s’avance.
# hard
Menteuse. Plus personne ne va te parler. # id: maya.1 # speaker: Maya
Attends, Maya. On ne sait pas qui écrit. # id: maya.2 # speaker: Lina
Lina a parlé calmement. Maya hésite. # id: maya.3
+ {hour and pool} [« Mardi à 16 h 40, Inès nageait. » # id: maya.pool] -> maya_calm
+ [Te placer à côté d’Inès # id: maya.beside] -> lina
+ [Passer la suite # id: maya.skip] -> lina

=== maya_calm ===
# image: account-calm
# alt: Dans la cour, deux filles se parlent calmement. Deux autres élèves sont avec elles.
Maya compte sur ses doigts. Puis elle regarde Inès. # id: maya_calm.1
Alors c’est quelqu’un d’autre. Pardon, Inès. # id: maya_calm.2 # speaker: Maya
Deux indices ensemble disent plus que la colère. # id: maya_calm.3
+ [Parler avec Lina # id: maya_calm.lina] -> lina

=== lina ===
~ ends = true
# image: account-lina
# alt: Sous un arbre, Lina, en fauteuil roulant, parle avec Sami.
# checkpoint
Lina t’attend sous l’arbre. # id: lina.1
Hier, j’ai écrit à Inès, juste à elle : « Je te crois. » # id: lina.2 # speaker: Lina
Devant tout le monde, c’est plus dur. En privé, ça compte aussi. # id: lina.3 # speaker: Lina
Tu as vu ? Chaque message finit par « point final ». # id: lina.4 # speaker: Lina # clue: ends
+ [Revenir dans la cour # id: lina.back] -> yard
+ [C’est midi : chercher un adulte # id: lina.noon] -> office

=== theo ===
~ left_out = true
# image: account-theo
# alt: Théo lit sur un banc, tête baissée. Sami s’approche.
Samedi, vous étiez tous chez Inès. Pas moi, point final. # id: theo.1 # speaker: Théo # clue: left_out
Théo a de la peine. Tu ne savais pas. # id: theo.2
+ {ends} [« Point final : le compte écrit comme toi. » # id: theo.ends] -> theo_tells
+ [« Je comprends que ça fasse mal. » # id: theo.listen] -> theo_hurt
+ [Revenir dans la cour # id: theo.back] -> yard

=== theo_hurt ===
# image: account-theo
# alt: Théo lit sur un banc, tête baissée. Sami s’approche.
Théo ferme son livre. Il voudrait dire quelque chose. # id: theo_hurt.1
Avoir de la peine, ce n’est pas mal faire. Et cela n’excuse pas tout. # id: theo_hurt.2
+ {ends} [« Le compte écrit point final, comme toi. » # id: theo_hurt.ends] -> theo_tells
+ [Revenir dans la cour # id: theo_hurt.back] -> yard

=== theo_tells ===
~ admitted = true
# image: account-theo-tells
# alt: Sur un banc, Théo parle. Sami est assis à côté de lui.
C’était une blague, au début. Après, tout le monde riait. # id: theo_tells.1 # speaker: Théo
Je ne sais plus comment arrêter. # id: theo_tells.2 # speaker: Théo
Tu réponds : « Un adulte peut t’aider à réparer. » # id: theo_tells.3
Tu ne le dis pas à toute la cour. # id: theo_tells.4
+ [Revenir dans la cour # id: theo_tells.back] -> yard
+ [C’est midi : chercher un adulte # id: theo_tells.noon] -> office

=== office ===
# image: account-office
# alt: À un comptoir, un adulte regarde ses papiers. Sami attend devant lui.
# checkpoint
Tu racontes tout à M. Perrin, le surveillant. # id: office.1
Supprimez vos applications, et ce sera réglé. # id: office.2 # speaker: M. Perrin
Non : ce serait à Inès de se cacher. M. Perrin n’a pas compris. # id: office.3
Toi, tu as bien fait de parler. Il y a d’autres adultes. # id: office.4
+ [Aller voir Mme Diallo, la CPE # id: office.cpe] -> cpe
+ {ends} [Accuser Théo dans le groupe de la classe # id: office.accuse] -> accuse
+ [Appeler le 3018 ce soir, avec ta mère et Inès # id: office.call] -> call
+ [Rentrer, et attendre demain # id: office.wait] -> friday

=== accuse ===
# image: account-alone
# alt: Dans sa chambre, Sami regarde son téléphone, tête baissée.
# checkpoint
Tu écris le nom de Théo dans le groupe. # id: accuse.1
Les moqueries changent de personne. Ce n’est pas ce que tu voulais. # id: accuse.2
Un message se retire. La suite se règle avec un adulte. # id: accuse.3
+ [Retirer le message, aller voir Mme Diallo # id: accuse.cpe] -> cpe
+ [Retirer le message, appeler le 3018 avec ta mère # id: accuse.call] -> call

// Vendredi

=== friday ===
~ late = true
# image: account-friday
# alt: En classe, la place d’Inès est vide. Sami la regarde.
# checkpoint
Vendredi, la place d’Inès est vide. Le compte a encore écrit. # id: friday.1
Attendre, c’est humain. Il est encore temps. # id: friday.2
+ [Aller voir Mme Diallo, la CPE # id: friday.cpe] -> cpe
+ [Appeler le 3018 ce soir, avec ta mère et Inès # id: friday.call] -> call

=== cpe ===
# image: account-cpe
# alt: Dans un bureau clair, Mme Diallo écoute Sami. Ils sont assis face à face.
# checkpoint
# help: 3018
Mme Diallo ferme la porte. Elle te laisse finir. # id: cpe.1
Merci. Inès n’a rien fait de mal, et tu l’aides. # id: cpe.2 # speaker: Mme Diallo
{ proof:
    Tu donnes le nom du compte, le jour et l’heure. Elle les note. # id: cpe.3
- else:
    Gardons une trace : le nom du compte, la page, le jour, l’heure. # id: cpe.4 # speaker: Mme Diallo # clue: proof
}
~ proof = true
Prendre le nom de quelqu’un pour lui nuire, la loi l’interdit. # id: cpe.5 # speaker: Mme Diallo # clue: law
~ law = true
On signale le compte. J’appelle la famille d’Inès. Et toi, que souhaites-tu ? # id: cpe.6 # speaker: Mme Diallo
+ {not late} [Revenir ici avec Inès # id: cpe.ines] -> believed
+ {late} [Passer chez Inès, avec ta mère # id: cpe.late] -> in_time
+ {admitted} [Revenir avec Théo, qui veut réparer # id: cpe.theo] -> theo_comes
+ [Qu’on en parle en classe, sans nommer personne # id: cpe.class] -> class_talk

=== theo_comes ===
# image: account-theo-comes
# alt: Dans un bureau clair, Théo parle. Mme Diallo et Sami l’écoutent.
# checkpoint
Théo raconte tout. Sa voix tremble un peu. # id: theo_comes.1
C’est courageux de le dire. Maintenant, on répare. # id: theo_comes.2 # speaker: Mme Diallo
Ferme le compte avec moi. Puis on verra ce que souhaite Inès. # id: theo_comes.3 # speaker: Mme Diallo
+ [Demander à Inès ce qu’elle souhaite # id: theo_comes.ask] -> repair

=== class_talk ===
# image: account-class
# alt: En classe, Mme Diallo parle. Deux élèves l’écoutent.
# checkpoint
Mme Diallo vient en classe. Elle ne nomme personne. # id: class_talk.1
Qui peut aider quand un faux compte se moque ? # id: class_talk.2 # speaker: Mme Diallo
Des mains se lèvent : ne pas relayer, écrire en privé, le dire. # id: class_talk.3
+ [Lever la main aussi # id: class_talk.hand] -> together
+ [Écouter # id: class_talk.listen] -> together

=== call ===
# image: account-call
# alt: Dans une cuisine, le soir, Sami, Inès et une mère sont autour d’un téléphone.
# checkpoint
# help: 3018
Une personne du 3018 répond. Elle ne demande pas vos noms. # id: call.1
Inès, tu n’as rien fait de mal. Vous avez bien fait d’appeler. # id: call.2 # speaker: La voix du 3018
{ not proof:
    Gardez une trace : le nom du compte, la page, le jour, l’heure. # id: call.3 # speaker: La voix du 3018 # clue: proof
}
~ proof = true
{ not law:
    Prendre le nom de quelqu’un pour lui nuire, la loi l’interdit. # id: call.4 # speaker: La voix du 3018 # clue: law
}
~ law = true
On signale le faux compte. Le collège aussi doit le savoir. # id: call.5 # speaker: La voix du 3018
+ [Prévenir Mme Diallo demain, tous ensemble # id: call.tell] -> voice
+ [Laisser ta mère appeler le collège # id: call.mother] -> voice

// Fins : le phare est allumé.

=== believed ===
# image: account-believed
# alt: Sur la jetée, trois amis regardent la mer. Le phare est allumé.
# ending: believed
# debrief: believed
# help: 3018
Inès a pu tout dire. Mme Diallo la croit, et la classe aussi. # id: believed.1
Le compte est signalé. Il ne répond plus. # id: believed.2
Samedi, Inès, Lina et toi regardez les bateaux. # id: believed.3
-> END

=== repair ===
# image: account-repaired
# alt: Sur le quai, trois élèves sont debout. Le phare est allumé.
# ending: repair
# debrief: repair
# help: 3018
Théo a fermé le compte. Il a dit pardon devant Mme Diallo. # id: repair.1
Inès a répondu : « Pas tout de suite. Mais merci de l’avoir dit. » # id: repair.2
Les adultes suivent Théo aussi. Personne ne se moque de lui. # id: repair.3
-> END

=== together ===
# image: account-together
# alt: Près d’une fenêtre, quatre élèves sont ensemble. Au loin, le phare est allumé.
# ending: together
# debrief: together
# help: 3018
Le soir, plus personne ne relaie le compte. Sans public, il se tait. # id: together.1
Trois élèves ont écrit à Inès. Maya aussi. # id: together.2
Mme Diallo continue de chercher, sans vous le demander. # id: together.3
-> END

=== voice ===
# image: account-voice
# alt: Près d’une fenêtre, Inès et Sami sont avec une mère. Au loin, le phare est allumé.
# ending: voice
# debrief: voice
# help: 3018
Le compte est signalé. Le collège est prévenu. # id: voice.1
Inès garde le numéro. Elle peut rappeler quand elle veut. # id: voice.2
Lundi, tu marches avec elle jusqu’à la grille. # id: voice.3
-> END

=== in_time ===
# image: account-in-time
# alt: Le matin, Inès et Sami marchent sur le quai. Le phare est allumé.
# ending: in-time
# debrief: in-time
# help: 3018
Inès ouvre la porte. Elle ne pensait plus te voir. # id: in_time.1
Tu dis : « J’ai attendu. Je suis là. » Elle sourit presque. # id: in_time.2
Mme Diallo s’occupe du compte. Lundi, Inès revient avec toi. # id: in_time.3
-> END
